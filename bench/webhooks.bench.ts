/** Calls a thousand webhooks about one review, of which every tenth accepts the call and never answers: how long until the others have it. */
import { Webhook } from 'standardwebhooks'
import { createWebhook } from '../server/channels/webhooks/create'
import { useApp } from '../server/db/open'
import { SubjectReader } from '../server/delivery/planning/subjects'
import { ReactorLoop } from '../server/delivery/sending/reactor-loop'
import { streamOf } from '../server/log/handle-command'
import { openMemoryLog } from '../server/log/memory'
import webhooks from '../server/reactors/webhooks'
import { startFarProcess } from '../tests/support/far-process'
import type { WebhookReceiver } from '../tests/support/webhook-receiver'
import { scratchFolder } from './floor'
import type { Row } from './row'

const ALL = 1000
const WELL = ALL * 0.9
const SECONDS = 3
const NOTICE = 1500
const CONTENT = {
  title: 'Everyone in Vienna is selling something',
  movie: { id: 'the-third-man-1949', title: 'The Third Man', year: 1949, genres: ['Thriller'] },
  rating: 5,
  summary: 'Carol Reed tilts the city until the honest man slides off it.',
  body: 'Vienna. '.repeat(NOTICE / 8),
  tree: [],
  tags: [],
  spoiler: false,
}
type Far = Awaited<ReturnType<typeof startFarProcess<{ origin: string }>>>
const counted = async (far: Far): Promise<ReturnType<WebhookReceiver['count']>> =>
  far.call('count', [])

export async function run(): Promise<Row[]> {
  const far = await startFarProcess<{ origin: string }>('webhook-receiver', {})
  Object.assign(process.env, {
    NUXT_ALLOW_TARGETS: `webhook:${new URL(far.greeting.origin).host}`,
    NUXT_DATA_DIR: scratchFolder(),
  })
  try {
    const before = await plainLoop(far)
    const ours = await startSender(far)
    const floor = (before + (await plainLoop(far))) / 2
    return [
      { name: `plain fetch loop, the ${WELL} that answer`, value: floor, unit: 's' },
      {
        name: `${ALL} webhooks, every tenth hangs: the other ${WELL} have it`,
        value: ours.seconds,
        unit: 's',
        ratio: ours.seconds / floor,
        target: `≤ ${SECONDS} s`,
        ok: ours.seconds <= SECONDS,
      },
      { name: 'CPU of the sender meanwhile', value: ours.cpu, unit: 's' },
      {
        name: 'told twice, not at all, or badly signed',
        value: ours.wrong,
        unit: '',
        target: '0',
        ok: ours.wrong === 0,
      },
    ]
  } finally {
    await far.close()
  }
}

/** Seconds for signed posts one after the other, signed as in the standard's readme. */
async function plainLoop(far: Far): Promise<number> {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const signer = new Webhook(secret)
  const url = `${far.greeting.origin}/plain`
  await far.call('trust', ['/plain', secret])
  const start = performance.now()
  for (let n = 0; n < WELL; n++) {
    const id = `plain-${n}`
    const at = new Date()
    const body = JSON.stringify({ id, data: CONTENT })
    await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': signer.sign(id, at, body),
      },
    })
  }
  await far.call('clear', [])
  return (performance.now() - start) / 1000
}

/** One published review through planner, ledger and reactor to every partner. */
async function startSender(far: Far) {
  const app = await useApp()
  const log = openMemoryLog()
  const { origin } = far.greeting
  const secrets: [string, string][] = []
  await far.call('behave', ['/hang', { act: 'hang' }])
  for (let n = 0; n < ALL; n++) {
    const path = n % 10 ? `/hook-${n}` : '/hang'
    const { secret } = await createWebhook(
      app,
      { url: origin + path, shape: 'fat' },
      { owner: 'bench', head: 0, now: 0 },
    )
    if (n % 10) secrets.push([path, secret!])
  }
  await far.call('trustEach', [secrets])
  const reactor = new ReactorLoop(webhooks, {
    app,
    log,
    subjects: new SubjectReader(log, 'https://mymovies.example'),
    holdMs: 0,
  })
  reactor.start()
  while (
    !(await app
      .selectFrom('consumers')
      .select('name')
      .where('name', '=', 'webhooks')
      .executeTakeFirst())
  )
    await pause(10)

  const start = Date.now()
  const cpu = process.cpuUsage()
  const critic = { id: 'ines', name: 'Ines Okafor' }
  const at = new Date().toISOString()
  const meta = { actor: 'bench' }
  await log.append(streamOf('r-third-man'), 'none', [
    { type: 'ReviewDrafted', data: { id: 'r-third-man', critic, draftedAt: at }, meta, at },
    {
      type: 'ReviewPublished',
      data: {
        id: 'r-third-man',
        slug: 'everyone-in-vienna',
        critic,
        content: CONTENT,
        publishedAt: at,
      },
      meta,
      at,
    },
  ])
  while ((await counted(far)).fresh < WELL && Date.now() - start < 60_000) await pause(20)
  const { user, system } = process.cpuUsage(cpu)
  const { lastAt, taken, fresh, violations } = await counted(far)
  await reactor.stop()
  return {
    seconds: (lastAt - start) / 1000,
    cpu: (user + system) / 1e6,
    wrong: taken - fresh + WELL - fresh + violations,
  }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
