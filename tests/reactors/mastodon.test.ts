/** The Mastodon part against a server that behaves as Mastodon's documentation says. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  Dead,
  type Quota,
  type Reactor,
  type Receipt,
  Retry,
  Stopped,
  Suppressed,
} from '../../server/delivery/contract/define-reactor'
import { canSendWith } from '../../server/delivery/contract/part-settings'
import { clock } from '../../server/reactor-kit/poll'
import mastodon from '../../server/reactors/mastodon'
import { deliver, type Given } from '../support/delivery'
import { Mastodon, type Misbehaviour } from '../support/mastodon'
import { sampleReview } from '../support/sample-review'
import { type FixedAnswer, type Mood, reactorContract } from './contract'

const part = mastodon as unknown as Reactor

let server: Mastodon
const settings = () => ({ url: server.url, token: 'a-user-token' })
const about = (text?: string) => ({
  settings: settings(),
  siteUrl: 'https://mymovies.example',
  text,
})
const attempt = ({ changes, ...given }: Given = {}) =>
  deliver(part, { settings: settings(), ...given, changes }) as Promise<Receipt | undefined>
const failure = (given?: Given) =>
  attempt(given).then(
    () => {
      throw new Error('accepted')
    },
    (error: Error) => error,
  )
const said = () =>
  server.statuses.map(({ text, spoiler_text }) =>
    spoiler_text ? `${spoiler_text}\n\n${text}` : text,
  )
/** Gives what a part saves to its next attempt. */
const remembering = (progress?: unknown) => ({
  progress,
  async saveProgress(news: unknown) {
    this.progress = news
  },
})
const corrected = (note: string) =>
  sampleReview({ corrections: [{ at: '2026-11-24T08:00:00.000Z', note }] })

async function fresh() {
  await server?.close()
  server = await Mastodon.start()
}
beforeAll(fresh)
beforeEach(fresh)
afterAll(() => server.close())

const MOODS: Record<Mood, Misbehaviour | undefined> = {
  well: undefined,
  refuse: undefined,
  down: { cut: true },
  busy: { status: 503, headers: { 'retry-after': '1' } },
  hang: { to: 'POST /api/v1/statuses', hang: true },
}

reactorContract(
  'mastodon',
  async () => {
    await fresh()
    const set = (mood: Mood) => {
      server.misbehaviour = MOODS[mood]
      server.token = mood === 'refuse' ? 'another' : 'a-user-token'
    }
    const answer = (told: FixedAnswer) => {
      server.misbehaviour = told
    }
    return { reactor: part, given: { settings: settings() }, far: { set, answer, seen: said } }
  },
  { secrets: ['a-user-token'] },
)

describe('what it says', () => {
  it('is title, line, film and verdict, critic, link and tags, with the picture and its description', async () => {
    const receipt = await attempt()
    expect(said()).toEqual([
      `Everyone in Vienna is selling something

Carol Reed tilts the city until the honest man slides off it.

The Third Man (1949): 5 of 5. Go twice. By Ines Okafor.
https://mymovies.example/reviews/everyone-in-vienna

#Thriller`,
    ])
    expect(server.statuses[0]).toMatchObject({
      language: 'en',
      sensitive: false,
      media_attachments: [{ description: expect.stringContaining('The Third Man') }],
    })
    expect(receipt).toEqual({
      id: server.statuses[0]!.id,
      url: `${server.url}/@mymovies/${server.statuses[0]!.id}`,
      media: [server.statuses[0]!.media_attachments[0]!.id],
    })
  })

  it('is marked as the language of the review', async () => {
    await attempt({ review: sampleReview({ language: 'ja' }) })
    expect(server.statuses[0]).toMatchObject({ language: 'ja' })
  })

  it('is behind a warning if the review has spoilers', async () => {
    await attempt({ review: sampleReview({ spoiler: true }) })
    expect(server.statuses[0]).toMatchObject({
      spoiler_text: 'Spoilers for The Third Man (1949)',
      sensitive: true,
    })
  })

  it("is what the panel shows, and the critic's own line if there is one", async () => {
    for (const text of [undefined, 'Go twice, and stay for the zither.']) {
      const { say, line, length, limit, problem } = await part.render!(sampleReview(), about(text))
      await attempt({ position: text ? 2 : 1, changes: { text } })
      expect(said().at(-1)).toBe(say)
      expect([line, limit, problem]).toEqual([text ?? sampleReview().summary, 500, undefined])
      expect(length).toBe(
        [...say!].length - 'https://mymovies.example/reviews/everyone-in-vienna'.length + 23,
      )
    }
  })

  it("fits however long everything is: our tags and line are cut, a critic's line is refused next to it", async () => {
    const long = (n: number) => 'words and '.repeat(n / 10)
    const big = sampleReview({
      spoiler: true,
      title: long(300),
      summary: long(300),
      tags: Array.from({ length: 20 }, (_, i) => `a long tag number ${i}`),
      movie: { ...sampleReview().movie, title: long(300) },
      critic: { id: 'x', name: long(100) },
      corrections: [{ at: '', note: long(500) }],
    })
    await attempt({ review: big })
    expect(said()).toHaveLength(1)
    expect(await part.render!(sampleReview(), about('x'.repeat(500)))).toMatchObject({
      problem: expect.stringMatching(/^is \d+ characters too long$/),
    })
  })

  it('keeps to the limits of the server, once they are known', async () => {
    server.limits.max_characters = 5000
    await attempt()
    expect(await part.render!(sampleReview(), about('x'.repeat(600)))).toMatchObject({
      limit: 5000,
      problem: undefined,
    })
    expect(server.calls.filter(call => call.endsWith('/instance'))).toHaveLength(1)
  })
})

describe('later', () => {
  it('a fix edits it, a correction edits it and says so; the picture stays the same', async () => {
    const receipt = await attempt()
    await attempt({
      type: 'ReviewFixed',
      position: 2,
      review: sampleReview({ title: 'Everybody in Vienna sells' }),
      changes: { receipt },
    })
    expect(said()[0]).toContain('Everybody in Vienna sells')
    expect(
      await attempt({
        type: 'ReviewCorrected',
        position: 3,
        review: corrected('The year was wrong'),
        changes: { receipt },
      }),
    ).toEqual(receipt)
    expect(said()).toEqual([expect.stringMatching(/\n\nCorrected: The year was wrong\.$/)])
    expect(server.statuses[0]).toMatchObject({
      edits: 2,
      media_attachments: [{ id: receipt!.media![0 as never] }],
    })
  })

  it('a line that filled the whole status makes room for the note', async () => {
    const { limit, length } = await part.render!(sampleReview(), about('x'))
    const text = 'x'.repeat(limit! - length! + 1)
    const receipt = await attempt({ changes: { text } })
    await attempt({
      type: 'ReviewCorrected',
      position: 2,
      review: corrected('The year was wrong.'),
      changes: { receipt, text },
    })
    expect(said()[0]).toContain('Corrected: The year was wrong.')
  })

  it.each([
    ['was never posted', undefined, 'nothing was posted'],
    [
      'went with the archived review',
      { id: '1', gone: true },
      'the status was deleted when the review was archived',
    ],
    ['was deleted there by hand', { id: '1' }, 'the status is no longer there'],
  ])('what %s is not edited', async (_, receipt, reason) => {
    expect(await failure({ type: 'ReviewFixed', changes: { receipt } })).toEqual(
      new Suppressed(reason),
    )
  })

  it('a status whose answer was lost is found for editing and deleting', async () => {
    server.misbehaviour = MOODS.hang
    const asked = remembering()
    await failure({
      changes: {
        ...asked,
        saveProgress: asked.saveProgress.bind(asked),
        signal: AbortSignal.timeout(300),
      },
    })
    server.misbehaviour = undefined
    const { receipt } = asked.progress as { receipt: Receipt }
    expect(await attempt({ type: 'ReviewFixed', position: 2, changes: { receipt } })).toMatchObject(
      { id: server.statuses[0]!.id },
    )
    expect(
      await attempt({ type: 'ReviewArchived', position: 3, changes: { receipt } }),
    ).toMatchObject({ gone: true })
    expect(said()).toEqual([])
  })
})

describe('a publish whose answer was lost', () => {
  it.each([
    ['within the hour', 60_000],
    ['a day later, among fifty others', 86_400_000],
  ])('is no second status %s', async (_, ms) => {
    server.misbehaviour = MOODS.hang
    const first = remembering()
    const begun = Date.now()
    await failure({
      changes: {
        ...first,
        saveProgress: first.saveProgress.bind(first),
        signal: AbortSignal.timeout(300),
      },
    })
    server.misbehaviour = undefined
    server.wait(ms)
    for (let n = 0; n < 50; n++)
      server.statuses.push({
        ...server.statuses[0]!,
        id: `${BigInt(server.statuses[0]!.id) + 100n + BigInt(n)}`,
        text: `Something else ${n}`,
        created_at: new Date(begun + 1000).toISOString(),
      })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms })
    try {
      expect(await attempt({ attempt: 2, changes: { progress: first.progress } })).toMatchObject({
        id: server.statuses[0]!.id,
        media: [expect.any(String)],
      })
    } finally {
      vi.useRealTimers()
    }
    expect(said().filter(text => text.includes('Vienna'))).toHaveLength(1)
  })
})

describe('a server of the same kind that lacks something', () => {
  it('idempotency keys: a lost answer is no second status', async () => {
    server.lacks.keys = true
    server.misbehaviour = MOODS.hang
    const first = remembering()
    await failure({
      changes: {
        ...first,
        saveProgress: first.saveProgress.bind(first),
        signal: AbortSignal.timeout(300),
      },
    })
    server.misbehaviour = undefined
    expect(await attempt({ attempt: 2, changes: { progress: first.progress } })).toMatchObject({
      id: server.statuses[0]!.id,
    })
    expect(server.statuses).toHaveLength(1)
  })

  it('editing: a person is asked to change the status, which is still deleted later', async () => {
    const receipt = await attempt()
    server.lacks.edits = true
    const edited = await attempt({ type: 'ReviewCorrected', position: 2, changes: { receipt } })
    expect(edited).toMatchObject({
      id: receipt!.id,
      byHand: 'this server cannot edit: change it there',
    })
    const changes = { receipt: edited }
    const gone = await attempt({ type: 'ReviewArchived', position: 3, changes })
    expect([gone?.gone, gone?.byHand, said()]).toEqual([true, undefined, []])
  })

  it('the newer upload: it takes the older one', async () => {
    server.lacks.newUploads = true
    await attempt()
    expect(server.statuses).toMatchObject([{ media_attachments: [{ type: 'image' }] }])
    expect(server.calls).toContain('POST /api/v1/media')
  })
})

describe('bad weather', () => {
  it('with nobody listening, nothing counts as sent', async () => {
    const gone = await Mastodon.start()
    await gone.close()
    const moving = settings()
    let saved: { receipt?: Receipt } = {}
    const saveProgress = async (progress: unknown) => {
      saved = progress as typeof saved
      if (saved.receipt) moving.url = gone.url
    }
    const error = await failure({ settings: moving, changes: { saveProgress } })
    expect((error.cause as NodeJS.ErrnoException).code).toBe('ECONNREFUSED')
    expect(saved).toMatchObject({ media: expect.any(String), receipt: undefined })
  })

  it('waits for a picture that is still being processed', async () => {
    server.slowPictures = 2
    const pause = vi.spyOn(clock, 'pause').mockResolvedValue()
    await attempt()
    expect(said()).toHaveLength(1)
    expect(pause.mock.calls.map(([ms]) => ms)).toEqual([100, 200])
  })

  it('uploads no second picture if only the status failed', async () => {
    server.misbehaviour = { to: 'POST /api/v1/statuses', status: 500 }
    const first = remembering()
    await failure({ changes: { ...first, saveProgress: first.saveProgress.bind(first) } })
    server.misbehaviour = undefined
    await attempt({ attempt: 2, changes: { progress: first.progress } })
    expect(server.calls.filter(call => call === 'POST /api/v2/media')).toHaveLength(1)
  })

  it('429: waits until the date it names, and reports what is left', async () => {
    const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + 120_000)
    const told: Quota[] = []
    server.misbehaviour = {
      to: 'POST /api/v1/statuses',
      status: 429,
      headers: {
        'x-ratelimit-limit': '300',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': until.toISOString(),
      },
      body: '{"error":"Too many requests"}',
    }
    const error = await failure({ changes: { quota: quota => told.push(quota) } })
    expect(error).toBeInstanceOf(Retry)
    expect((error as Retry).options).toEqual({ at: until.getTime(), pause: '' })
    expect(told.at(-1)).toEqual({ left: 0, of: 300, what: 'calls', until: until.toISOString() })
  })

  it.each<[string, Misbehaviour, new (...args: never[]) => Error]>([
    [
      '403',
      { status: 403, body: '{"error":"This action is outside the authorized scopes"}' },
      Stopped,
    ],
    ['422', { status: 422, body: '{"error":"Validation failed: Text is bad"}' }, Dead],
    [
      'a picture that is not ready after all',
      {
        status: 422,
        body: '{"error":"Cannot attach files that have not finished processing. Try again in a moment!"}',
      },
      Retry,
    ],
    [
      'a page',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Hello</h1>' },
      Retry,
    ],
    [
      'a page with 404, as from another server',
      { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not here</h1>' },
      Stopped,
    ],
    ['nothing', { status: 200, body: '' }, Retry],
    ['null', { status: 200, body: 'null' }, Retry],
    ['an id that is none', { status: 200, body: '{"id":{"a":1}}' }, Retry],
    ['10 MB', { status: 200, body: `"${'x'.repeat(10_000_000)}"` }, Error],
    [
      'a redirect inside',
      { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } },
      Retry,
    ],
  ])('%s is bounded and in words', async (_, misbehaviour, kind) => {
    server.misbehaviour = { to: 'POST /api/v1/statuses', ...misbehaviour }
    const error = await failure()
    expect(error).toBeInstanceOf(kind)
    expect(error.message.length).toBeLessThan(400)
    expect(error.message).not.toContain('a-user-token')
  })

  it('accepts the same id for two reviews, and ignores an invalid address', async () => {
    server.misbehaviour = {
      to: 'POST /api/v1/statuses',
      status: 200,
      body: '{"id":"7","url":"javascript:alert(1)"}',
    }
    for (const position of [1, 2])
      expect(await attempt({ position })).toEqual({ id: '7', media: [] })
  })
})

it.each([
  [{ url: '', token: '' }, 'Not set up'],
  [{ url: 'https://m.example', token: '' }, 'NUXT_MASTODON_TOKEN must be set too'],
  [{ url: '', token: 't' }, 'NUXT_MASTODON_URL must be set too'],
  [
    { url: 'm.example', token: 't' },
    'NUXT_MASTODON_URL must be a URL that starts with https:// or http://',
  ],
  [{ url: 'https://m.example', token: 't' }, true],
])('%j: %s', (given, answer) => {
  expect(canSendWith(part, given, '')).toBe(answer)
})
