/** Tells a thousand followers on a hundred servers about one review: how long until the last server has it. */
import { addFollower } from '../server/channels/activitypub/followers/store'
import { signingKey } from '../server/channels/activitypub/keys'
import { useApp } from '../server/db/open'
import { registerReactors } from '../server/delivery/contract/registry'
import { SubjectReader } from '../server/delivery/planning/subjects'
import { ReactorLoop } from '../server/delivery/sending/reactor-loop'
import { useLog } from '../server/log'
import { streamOf } from '../server/log/handle-command'
import activitypub from '../server/reactors/activitypub'
import type { Projector } from '../server/read-models/projector'
import { startProjector } from '../server/read-models/use-projector'
import { startFarProcess } from '../tests/support/far-process'
import { scratchFolder } from './floor'
import type { Row } from './row'

const SERVERS = 100
const FOLLOWERS = 1000
const SECONDS = 2
const CONTENT = {
  title: 'Everyone in Vienna is selling something',
  movie: { id: 'the-third-man-1949', title: 'The Third Man', year: 1949, genres: ['Thriller'] },
  rating: 5,
  summary: 'Carol Reed tilts the city until the honest man slides off it.',
  body: 'Vienna. '.repeat(400),
  tree: [],
  tags: [],
  spoiler: false,
}
type Far = Awaited<ReturnType<typeof startFarProcess<{ ports: number[] }>>>
interface Count {
  taken: number
  signed: number
  fresh: number
  lastAt: number
}
const counted = async (far: Far): Promise<Count> => far.call('count', [])

export async function run(): Promise<Row[]> {
  const far = await startFarProcess<{ ports: number[] }>('fediverse-inboxes', { servers: SERVERS })
  Object.assign(process.env, {
    NUXT_ALLOW_TARGETS: far.greeting.ports.map(port => `activitypub:localhost:${port}`).join(','),
    NUXT_DATA_DIR: scratchFolder(),
    NUXT_SITE_URL: 'https://mymovies.example',
  })
  try {
    const { seconds, wrong } = await tell(far)
    return [
      {
        name: `publish → ${FOLLOWERS} followers on ${SERVERS} servers`,
        value: seconds,
        unit: 's',
        target: `≤ ${SECONDS} s`,
        ok: seconds <= SECONDS,
      },
      {
        name: 'told twice, not at all, or unsigned',
        value: wrong,
        unit: '',
        target: '0',
        ok: wrong === 0,
      },
    ]
  } finally {
    await far.close()
  }
}

/** From the append, Fedify not loaded yet, to the last answer. */
async function tell(far: Far) {
  const app = await useApp()
  const log = useLog()
  registerReactors([activitypub])
  // The pages are up to date: how long they take is measured elsewhere.
  await startProjector({ start: async () => {}, passed: async () => true } as unknown as Projector)
  await signingKey('ines')
  for (let n = 0; n < FOLLOWERS; n++) {
    const host = `localhost:${far.greeting.ports[n % SERVERS]}`
    const actor = `http://${host}/users/${n}`
    await addFollower(
      app,
      {
        actor,
        follows: 'ines',
        follow_id: `${actor}#follow`,
        inbox: `http://${host}/inbox`,
        host,
        position: 0,
      },
      0,
    )
  }
  const reactor = new ReactorLoop(activitypub, {
    app,
    log,
    subjects: new SubjectReader(log, 'https://mymovies.example'),
    holdMs: 0,
  })
  reactor.start()
  const consumer = app.selectFrom('consumers').select('name').where('name', '=', 'activitypub')
  while (!(await consumer.executeTakeFirst())) await pause(10)
  const start = Date.now()
  await publish(log)
  while ((await counted(far)).fresh < SERVERS && Date.now() - start < 60_000) await pause(20)
  const { lastAt, taken, fresh, signed } = await counted(far)
  await reactor.stop()
  return {
    seconds: (lastAt - start) / 1000,
    wrong: taken - fresh + SERVERS - fresh + taken - signed,
  }
}

async function publish(log: ReturnType<typeof useLog>) {
  const critic = { id: 'ines', name: 'Ines Okafor' }
  const at = new Date().toISOString()
  const meta = { actor: 'bench' }
  const id = 'r-third-man'
  const publication = { id, slug: 'everyone-in-vienna', critic, content: CONTENT, publishedAt: at }
  await log.append(streamOf(id), 'none', [
    { type: 'ReviewDrafted', data: { id, critic, draftedAt: at }, meta, at },
    { type: 'ReviewPublished', data: publication, meta, at },
  ])
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
