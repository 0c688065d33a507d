/** The Bluesky part against a real Bluesky server. */
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
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
import { illustration } from '../../server/reactor-kit/pictures'
import bluesky from '../../server/reactors/bluesky'
import { deliver, type Given } from '../support/delivery'
import { type Account, type Misbehaviour, PASSWORD, type Pds, startPds } from '../support/pds'
import { sampleReview } from '../support/sample-review'
import { type Mood, reactorContract } from './contract'

const part = bluesky as unknown as Reactor

vi.mock('../../server/reactor-kit/pictures', async actual => {
  const pictures = await actual<typeof import('../../server/reactor-kit/pictures')>()
  return { ...pictures, illustration: vi.fn(pictures.illustration) }
})

let pds: Pds
let account: Account
const settings = () => ({
  service: pds.url,
  identifier: account.handle,
  password: account.password,
})
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
const posts = async () => (await pds.posts(account)).map(({ value }) => value)
const said = async () => (await posts()).map(({ text }) => text)
const corrected = (note: string) =>
  sampleReview({ corrections: [{ at: '2026-11-24T08:00:00.000Z', note }] })
/** The text of a facet, and where it leads. */
const marked = ({ text, facets }: Awaited<ReturnType<typeof posts>>[number]) =>
  Object.fromEntries(
    facets.map(({ index, features: [feature] }) => [
      Buffer.from(text).subarray(index.byteStart, index.byteEnd).toString(),
      feature!.uri ?? feature!.tag,
    ]),
  )

/** An empty account, reused because making one takes half a second. */
async function fresh() {
  pds.behave()
  if (account) await pds.deletePosts(account)
  else await newAccount()
}
/** An account that nobody has signed in to. */
async function newAccount() {
  account = await pds.account()
}
/** Call this if the next test needs another account. */
const spoil = () => onTestFinished(newAccount)

// The first run on a machine installs the server.
beforeAll(async () => {
  pds = await startPds()
}, 600_000)
beforeEach(fresh)
afterAll(() => pds.close())

const MOODS: Record<Mood, Misbehaviour | undefined> = {
  well: undefined,
  refuse: undefined,
  down: { cut: true },
  busy: { status: 503, headers: { 'retry-after': '1' }, body: '{"error":"NotEnoughResources"}' },
  hang: { to: 'putRecord', hang: true },
}

reactorContract(
  'bluesky',
  async () => {
    const set = async (mood: Mood) => {
      pds.behave(MOODS[mood])
      if (mood !== 'refuse') return
      spoil()
      await newAccount()
      await pds.changePassword(account, 'another one')
    }
    return {
      reactor: part,
      get given() {
        return { settings: settings() }
      },
      far: { set, answer: pds.behave, seen: said },
    }
  },
  { secrets: [PASSWORD] },
)

describe('what it says', () => {
  it('is line, title, critic, film, link and tags in the text, and a card that leads to the review', async () => {
    const receipt = await attempt()
    expect(await said()).toEqual([
      `Carol Reed tilts the city until the honest man slides off it.

“Everyone in Vienna is selling something”, Ines Okafor on The Third Man (1949): 5 of 5.
https://mymovies.example/reviews/everyone-in-vienna

#Thriller`,
    ])
    const [post] = await posts()
    expect(post).toMatchObject({
      langs: ['en'],
      createdAt: '2026-11-14T11:01:17.000Z',
      embed: {
        external: {
          uri: 'https://mymovies.example/reviews/everyone-in-vienna',
          title: 'Everyone in Vienna is selling something',
          thumb: { mimeType: 'image/jpeg' },
        },
      },
    })
    expect(marked(post!)).toEqual({
      'https://mymovies.example/reviews/everyone-in-vienna':
        'https://mymovies.example/reviews/everyone-in-vienna',
      '#Thriller': 'Thriller',
    })
    const uri = (await pds.posts(account))[0]!.uri
    expect(receipt).toEqual({
      id: uri,
      url: `https://bsky.app/profile/${account.did}/post/${uri.split('/').pop()}`,
    })
  })

  it("is what the panel shows, and the critic's own line if there is one; a name with @ mentions nobody", async () => {
    for (const [position, text] of [
      undefined,
      'Go twice, say I to @critic1.test, for #zither and 🎬👩‍👩‍👧‍👦.',
    ].entries()) {
      const { say, length, limit, problem } = await part.render!(sampleReview(), about(text))
      await attempt({ position: position + 1, changes: { text } })
      expect(await said()).toEqual([say])
      expect([length, limit, problem]).toEqual([
        [...new Intl.Segmenter().segment(say!)].length,
        300,
        undefined,
      ])
    }
    expect(marked((await posts())[0]!)).toMatchObject({ '#zither': 'zither' })
  })

  it('fits however long everything is, and links to the whole address even if it is shown cut', async () => {
    const long = (n: number) => 'words and '.repeat(n / 10)
    const url = `https://mymovies.example/reviews/${'long-'.repeat(40)}end`
    await attempt({
      review: sampleReview({
        url,
        spoiler: true,
        title: long(300),
        summary: long(300),
        tags: Array.from({ length: 20 }, (_, i) => `a long tag number ${i}`),
        movie: { ...sampleReview().movie, title: long(300) },
        critic: { id: 'x', name: long(100) },
        corrections: [{ at: '', note: long(500) }],
      }),
    })
    const [post] = await posts()
    expect(Object.values(marked(post!))).toContain(url)
    expect(await part.render!(sampleReview(), about('x'.repeat(300)))).toMatchObject({
      problem: expect.stringMatching(/^is \d+ characters too long$/),
    })
    // One letter of 25 bytes.
    expect(await part.render!(sampleReview(), about('👨‍👩‍👧‍👦'.repeat(120)))).toMatchObject({
      problem: expect.any(String),
    })
  })

  it('a picture that is too large is made smaller', async () => {
    const bytes = await sharp(randomBytes(1500 * 1500 * 3), {
      raw: { width: 1500, height: 1500, channels: 3 },
    })
      .jpeg({ quality: 95 })
      .toBuffer()
    expect(bytes.length).toBeGreaterThan(2_000_000)
    vi.mocked(illustration).mockResolvedValueOnce({
      bytes,
      type: 'image/jpeg',
      width: 1500,
      height: 1500,
      alt: 'Noise',
    })
    await attempt()
    expect((await posts())[0]!.embed.external.thumb.size).toBeLessThanOrEqual(1_000_000)
  })

  it('two reviews from the same moment are two posts', async () => {
    for (let n = 0; n < 5; n++)
      await attempt({ review: sampleReview({ id: `r-${n}`, title: `Review ${n}` }) })
    expect(await said()).toHaveLength(5)
  })
})

describe('later', () => {
  it('a fix edits it, a correction edits it and says so; its time stays the same', async () => {
    const receipt = await attempt()
    const {
      uri,
      value: { createdAt },
    } = (await pds.posts(account))[0]!
    await attempt({
      type: 'ReviewFixed',
      position: 2,
      review: sampleReview({ title: 'Everybody in Vienna sells' }),
      changes: { receipt },
    })
    expect((await said())[0]).toContain('Everybody in Vienna sells')
    const text = 'x'.repeat(150)
    expect(
      await attempt({
        type: 'ReviewCorrected',
        position: 3,
        review: corrected('The year was wrong'),
        changes: { receipt, text },
      }),
    ).toEqual(receipt)
    expect(await pds.posts(account)).toMatchObject([
      {
        uri,
        value: { createdAt, text: expect.stringMatching(/\n\nCorrected: The year was wrong\.$/) },
      },
    ])
  })

  it.each([
    ['was never posted', undefined, 'nothing was posted'],
    [
      'went with the archived review',
      { id: 'at://x', gone: true },
      'the post was deleted when the review was archived',
    ],
  ])('what %s is not edited', async (_, receipt, reason) => {
    expect(await failure({ type: 'ReviewFixed', changes: { receipt } })).toEqual(
      new Suppressed(reason),
    )
  })

  it('a fix does not bring back what was deleted there by hand', async () => {
    const receipt = await attempt()
    await pds.deletePosts(account)
    expect(await failure({ type: 'ReviewFixed', changes: { receipt } })).toEqual(
      new Suppressed('the post is no longer there'),
    )
    expect(await said()).toEqual([])
  })

  it('a post whose answer was lost is deleted with its review; if nothing was posted, nothing counts as deleted', async () => {
    pds.behave(MOODS.hang)
    const cut = new AbortController()
    const lost = failure({ changes: { signal: cut.signal } })
    await vi.waitUntil(async () => (await said()).length === 1, { timeout: 10_000 })
    cut.abort()
    await lost
    pds.behave()
    expect(await attempt({ type: 'ReviewArchived', position: 2 })).toEqual({ gone: true })
    expect(await said()).toEqual([])
    expect(await failure({ type: 'ReviewArchived', position: 2 })).toEqual(
      new Suppressed('nothing was posted'),
    )
  })
})

describe('the session', () => {
  it('is kept: two posts need one sign-in', async () => {
    await newAccount()
    const before = pds.calls.filter(call => call.endsWith('createSession')).length
    for (const id of ['a', 'b']) await attempt({ review: sampleReview({ id }) })
    expect(pds.calls.filter(call => call.endsWith('createSession')).length - before).toBe(1)
  })

  it('is refreshed when it has expired, and replaced if it cannot be refreshed', async () => {
    await attempt()
    pds.behave({
      to: 'uploadBlob',
      status: 400,
      headers: { 'content-length': '60' },
      body: '{"error":"ExpiredToken","message":"Token has expired"}      ',
    })
    expect(
      await failure({ type: 'ReviewFixed', position: 2, changes: { receipt: {} } }),
    ).toBeInstanceOf(Stopped)
    expect(pds.calls).toContain('com.atproto.server.refreshSession')
    pds.behave()
    await attempt({
      type: 'ReviewFixed',
      position: 2,
      review: sampleReview({ title: 'Mended' }),
      changes: { receipt: {} },
    })
    expect((await said())[0]).toContain('Mended')
  })

  it('stays on the configured server if the guard forbids the address in its identity', async () => {
    await newAccount()
    const before = pds.calls.length
    await attempt()
    expect(pds.calls.slice(before).map(call => call.split('.').pop())).toEqual([
      'createSession',
      'uploadBlob',
      'putRecord',
    ])
  })

  it('an account that was taken down stops the part', async () => {
    spoil()
    await newAccount()
    await pds.takeDown(account)
    expect(await failure()).toEqual(
      new Stopped('Bluesky says AccountTakedown: Account has been taken down'),
    )
  })

  it('an account that asks for a code stops the part', async () => {
    await newAccount()
    pds.behave({
      to: 'createSession',
      status: 401,
      body: '{"error":"AuthFactorTokenRequired","message":"A sign in code has been sent"}',
    })
    expect(await failure()).toEqual(
      new Stopped('Bluesky says AuthFactorTokenRequired: A sign in code has been sent'),
    )
  })
})

describe('bad weather', () => {
  it('429: waits until the second it names, and reports what is left', async () => {
    const told: Quota[] = []
    const quota = (each: Quota) => told.push(each)
    await attempt({ changes: { quota } })
    expect(told.at(-1)).toEqual({
      left: expect.any(Number),
      of: expect.any(Number),
      what: 'calls',
      until: expect.stringMatching(/Z$/),
    })
    const at = Math.ceil(Date.now() / 1000) * 1000 + 120_000
    pds.behave({
      to: 'putRecord',
      status: 429,
      headers: {
        'ratelimit-limit': '5000',
        'ratelimit-remaining': '0',
        'ratelimit-reset': String(at / 1000),
        'ratelimit-policy': '5000;w=3600',
      },
      body: '{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}',
    })
    const error = await failure({ changes: { quota } })
    expect(error).toBeInstanceOf(Retry)
    expect((error as Retry).options).toEqual({ at, pause: '' })
    expect(told.at(-1)).toEqual({
      left: 0,
      of: 5000,
      what: 'calls',
      until: new Date(at).toISOString(),
    })
  })

  it.each<[string, Misbehaviour, new (...args: never[]) => Error]>([
    [
      'a record that is refused',
      { status: 400, body: '{"error":"InvalidRequest","message":"Invalid record"}' },
      Dead,
    ],
    [
      'a page',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Hello</h1>' },
      Retry,
    ],
    ['nothing', { status: 200, body: '' }, Retry],
    ['broken JSON', { status: 200, body: '{"uri"' }, Retry],
    ['an answer without an address', { status: 200, body: '{"uri":7}' }, Retry],
    [
      'a page with 502',
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad gateway</h1>' },
      Retry,
    ],
    ['10 MB', { status: 200, body: `"${'x'.repeat(10_000_000)}"` }, Retry],
    [
      'a redirect inside',
      { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } },
      Retry,
    ],
  ])('%s is bounded and in words', async (_, misbehaviour, kind) => {
    for (const to of ['createSession', 'putRecord']) {
      // An account that is already signed in would not be asked again.
      const who = to === 'createSession' ? { identifier: 'nobody.test' } : {}
      pds.behave({ to, ...misbehaviour })
      const error = await failure({ settings: { ...settings(), ...who } })
      expect(error).toBeInstanceOf(kind)
      expect(error.message.length).toBeLessThan(400)
      expect(error.message).not.toContain(account.password)
    }
  })
})

it.each([
  [{ service: 'https://bsky.social', identifier: '', password: '' }, 'Not set up'],
  [
    { service: 'x', identifier: '', password: '' },
    'NUXT_BLUESKY_SERVICE must be a URL that starts with https:// or http://',
  ],
  [{ service: '', identifier: 'a', password: '' }, 'NUXT_BLUESKY_PASSWORD must be set too'],
  [{ service: '', identifier: '', password: 'b' }, 'NUXT_BLUESKY_IDENTIFIER must be set too'],
  [{ service: 'https://bsky.social', identifier: 'a', password: 'b' }, true],
])('%j: %s', (given, answer) => {
  expect(canSendWith(part, given, '')).toBe(answer)
})
