/** The fediverse reactor against a server that shares no code with ours, and checks every signature by hand. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadInboxes } from '../../server/channels/activitypub/delivery/inboxes'
import { addFollower } from '../../server/channels/activitypub/followers/store'
import { signingKey } from '../../server/channels/activitypub/keys'
import { useApp } from '../../server/db/open'
import { Retry, Suppressed } from '../../server/delivery/contract/define-reactor'
import { registerReactors } from '../../server/delivery/contract/registry'
import { closeLog } from '../../server/log'
import activitypub from '../../server/reactors/activitypub'
import { deliver, type Given, recorded } from '../support/delivery'
import { FediverseServer } from '../support/fediverse-server'
import { sampleReview } from '../support/sample-review'
import { reactorContract } from './contract'

registerReactors([activitypub])
const passed = vi.fn(async () => true)
vi.mock('../../server/read-models/use-projector', () => ({ useProjector: () => ({ passed }) }))
const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-fediverse-'))
let far: FediverseServer

beforeAll(async () => {
  far = await FediverseServer.start()
  vi.stubEnv('NUXT_ALLOW_TARGETS', `activitypub:${far.host}`)
  vi.stubEnv('NUXT_DATA_DIR', dataDir)
  vi.stubEnv('NUXT_SITE_URL', 'https://mymovies.example')
  far.pemOf = async keyId => {
    const actor = /\/ap\/actors\/([^#]+)#key-\d+$/.exec(keyId)![1]!
    return (await signingKey(actor)).publicPem
  }
  far.fetch = async () => articleOf(sampleReview())
})
afterAll(async () => {
  await closeLog()
  await far.close()
  rmSync(dataDir, { recursive: true, force: true })
})
beforeEach(() => begin())

const articleOf = ({ url, title }: ReturnType<typeof sampleReview>) => ({
  id: url,
  name: `${title}: The Third Man`,
  attributedTo: 'https://mymovies.example/ap/actors/ines',
})

async function begin() {
  const app = await useApp()
  for (const table of ['fediverse_followers', 'fediverse_servers', 'deliveries'] as const)
    await app.deleteFrom(table).execute()
  far.clear()
  far.violations.length = 0
  await follow('anna')
}

const follow = async (name: string, { follows = 'ines', inbox = `${far.origin}/inbox` } = {}) =>
  addFollower(
    await useApp(),
    {
      actor: `${far.origin}/users/${name}`,
      follows,
      follow_id: `${far.origin}/follows/${name}`,
      inbox,
      host: new URL(inbox).host,
      position: 0,
    },
    0,
  )

const audience = async (type: Parameters<typeof recorded>[0] = 'ReviewPublished') =>
  (
    await activitypub.audience!({
      event: recorded(type, sampleReview(), 9),
      review: sampleReview(),
      after: '',
      limit: 100,
      now: 1000,
    })
  ).map(({ recipient }) => recipient)

async function tell({ recipient = `${far.origin}/inbox`, ...more }: Given = {}) {
  const to = (await loadInboxes([recipient])).get(recipient)
  return deliver(activitypub, { recipient, to, ...more })
}
const failure = (more: Given = {}) =>
  tell(more).then(
    () => undefined,
    error => error as Error,
  )

reactorContract(
  'activitypub',
  async () => {
    await begin()
    const recipient = `${far.origin}/inbox`
    const to = (await loadInboxes([recipient])).get(recipient)
    return {
      reactor: activitypub,
      given: { recipient, to },
      far: {
        set: mood => {
          far.mood = mood
        },
        seen: () => [...far.posts.values()].map(post => post.name),
      },
    }
  },
  { shows: false },
)

describe('whom it goes to', () => {
  it('a server with a shared inbox is sent one copy, however many follow there', async () => {
    await follow('bert')
    await follow('carla')
    expect(await audience()).toEqual([`${far.origin}/inbox`])
  })

  it('followers of the publication get what it passes on', async () => {
    await follow('dora', { follows: 'site' })
    expect(await audience()).toEqual([`${far.origin}/inbox`, `${far.origin}/inbox announce`])
    await tell({ recipient: `${far.origin}/inbox announce` })
    expect(far.got.at(-1)!.activity).toMatchObject({
      id: 'https://mymovies.example/ap/activities/1/announce',
      type: 'Announce',
      actor: 'https://mymovies.example/ap/actors/site',
      object: 'https://mymovies.example/reviews/everyone-in-vienna',
    })
    expect(far.violations).toEqual([])
  })

  it('nobody who follows somebody else, or began to follow after the event', async () => {
    const app = await useApp()
    await app.updateTable('fediverse_followers').set({ position: 9 }).execute()
    await follow('emil', { follows: 'another-critic', inbox: 'https://other.example/inbox' })
    expect(await audience()).toEqual([])
  })

  it('a server that has failed for a week is left out until it is heard of', async () => {
    const app = await useApp()
    const failing_since = 1000 - 8 * 24 * 3600_000
    await app
      .insertInto('fediverse_servers')
      .values({ host: far.host, signatures: null, failing_since })
      .execute()
    expect(await audience()).toEqual([])
  })

  it('who has unfollowed meanwhile is not sent it any more', async () => {
    await (await useApp()).deleteFrom('fediverse_followers').execute()
    expect(await failure()).toBeInstanceOf(Suppressed)
    expect(far.got).toEqual([])
  })
})

describe('what is sent', () => {
  it('a review is a Create of an Article, the same at every attempt', async () => {
    await tell()
    await tell({ attempt: 2 })
    const [first, second] = far.got.map(({ activity }) => activity)
    expect(first).toEqual(second)
    expect(first).toMatchObject({
      id: 'https://mymovies.example/ap/activities/1',
      type: 'Create',
      actor: 'https://mymovies.example/ap/actors/ines',
      to: ['https://www.w3.org/ns/activitystreams#Public'],
      object: {
        id: 'https://mymovies.example/reviews/everyone-in-vienna',
        type: 'Article',
        name: 'Everyone in Vienna is selling something: The Third Man (1949), 5',
        summary: expect.stringMatching(/^5 of 5\. Go twice\. Carol Reed/),
        content: expect.stringContaining('<p>Vienna.</p>'),
        image: { type: 'Image', mediaType: 'image/jpeg' },
        tag: [{ type: 'Hashtag', name: '#Thriller' }],
        published: '2026-11-14T11:01:17.000Z',
      },
    })
    expect(far.posts.size).toBe(1)
    expect(far.violations).toEqual([])
  })

  it('Fedify reads it as what it is', async () => {
    await tell()
    const { Activity, Article, Create } = await import('@fedify/vocab')
    const activity = await Activity.fromJsonLd(far.got[0]!.activity)
    expect(activity).toBeInstanceOf(Create)
    const article = await activity.getObject()
    expect(article).toBeInstanceOf(Article)
    expect(article!.attributionId!.href).toBe('https://mymovies.example/ap/actors/ines')
    expect((await Array.fromAsync(article!.getTags())).map(String)).toHaveLength(1)
  })

  it('nothing, while our own pages do not show the event yet', async () => {
    passed.mockResolvedValueOnce(false)
    expect(await failure()).toBeInstanceOf(Retry)
    expect(far.got).toEqual([])
  })

  it('spoilers are announced', async () => {
    await tell({ review: sampleReview({ spoiler: true }) })
    expect(far.got[0]!.activity.object).toMatchObject({
      sensitive: true,
      summary: expect.stringContaining('gives the story away'),
    })
  })
})

describe('signatures', () => {
  it('a server that takes only RFC 9421 is knocked at twice once, and remembered', async () => {
    far.kinds = ['rfc9421']
    await tell()
    expect(far.got.map(({ answer }) => answer)).toEqual([401, 202])
    await tell({ position: 2, type: 'ReviewFixed' })
    expect(far.got.map(({ answer }) => answer)).toEqual([401, 202, 202])
    expect(far.got.at(-1)!.kind).toBe('rfc9421')
  })

  it('and one that goes back to the older kind, too', async () => {
    far.kinds = ['rfc9421']
    await tell()
    far.kinds = ['cavage']
    await tell({ position: 2, type: 'ReviewFixed' })
    expect(far.got.map(({ answer }) => answer)).toEqual([401, 202, 401, 202])
  })
})

describe('failures', () => {
  it('an inbox that is gone ends its followers', async () => {
    far.mood = 'gone'
    expect(await failure()).toBeInstanceOf(Suppressed)
    expect(await audience()).toEqual([])
  })

  it('a server that fails is remembered, and forgotten when it works', async () => {
    const servers = async () =>
      (await useApp()).selectFrom('fediverse_servers').selectAll().execute()
    far.mood = 'busy'
    const error = (await failure()) as Retry
    expect(error).toBeInstanceOf(Retry)
    expect(error.options.pause).toBe(far.host)
    expect(await servers()).toMatchObject([{ host: far.host, failing_since: expect.any(Number) }])
    far.mood = 'well'
    await tell()
    expect(await servers()).toMatchObject([{ signatures: 'cavage', failing_since: null }])
  })

  it('never calls an address inside the network', async () => {
    await follow('eve', { inbox: 'http://127.0.0.1:9/inbox' })
    const error = await failure({ recipient: 'http://127.0.0.1:9/inbox' })
    expect(error?.name).toBe('OutboundRefused')
  })
})
