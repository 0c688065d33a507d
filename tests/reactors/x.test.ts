/**
 * The X reactor against a stand-in that follows X's documented answers: signatures, lengths, media,
 * duplicates, limits.
 */
import { beforeEach, describe, expect, it } from 'vitest'
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
import { weightedLength } from '../../server/reactor-kit/weighted-length'
import x from '../../server/reactors/x'
import { deliver, type Given } from '../support/delivery'
import { sampleReview } from '../support/sample-review'
import { type Behaviour, KEYS, X } from '../support/x'
import { type Mood, reactorContract } from './contract'

let far: X
beforeEach(async () => {
  far = await X.start()
  return () => far.close()
})

const part = x as unknown as Reactor
/** The stand-in's keys, unless others are given. */
const settings = (given: Record<string, string> = {}) => ({
  link: 'post',
  ...KEYS,
  url: far.url,
  ...given,
})
/** One attempt; `kept` is what it saved, which the next one gets as its progress. */
async function attempt({ link = 'post', ...given }: Given & { link?: string } = {}) {
  const kept: { progress?: { receipt: Receipt }; quota?: Quota } = {
    progress: given.changes?.progress as { receipt: Receipt } | undefined,
  }
  const done = deliver(part, {
    settings: settings({ link }),
    ...given,
    changes: {
      saveProgress: async progress => {
        kept.progress = JSON.parse(JSON.stringify(progress))
      },
      quota: quota => {
        kept.quota = quota
      },
      ...given.changes,
    },
  }) as Promise<Receipt | undefined>
  return {
    ...(await done.then(
      receipt => ({ receipt, error: undefined }),
      (error: Error) => ({ receipt: undefined, error }),
    )),
    kept,
  }
}
const texts = () => far.standing().map(({ text }) => text)
const POST =
  'Everyone in Vienna is selling something\nThe Third Man (1949): 5 of 5. Go twice.\n\nCarol Reed tilts the city until the honest man slides off it.'
const LINK = 'https://mymovies.example/reviews/everyone-in-vienna'

const MOODS: Record<Mood, [string, Behaviour] | undefined> = {
  well: undefined,
  down: ['*', { act: 'cut' }],
  busy: ['*', { status: 503 }],
  refuse: [
    '*',
    {
      status: 401,
      body: '{"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}',
    },
  ],
  hang: ['POST /2/tweets', { act: 'hang', done: true }],
}

reactorContract(
  'x',
  async () => ({
    reactor: part,
    given: { settings: settings() },
    far: {
      set(mood) {
        for (const where of ['*', 'POST /2/tweets']) far.behave(where)
        if (MOODS[mood]) far.behave(...MOODS[mood])
      },
      answer: told => far.behave('*', told),
      seen: texts,
    },
  }),
  { afterCorrection: 2, secrets: Object.values(KEYS) },
)

describe('a published review', () => {
  it('is one post with a link, and a picture with a description', async () => {
    const { receipt } = await attempt()
    expect(far.posts).toEqual([
      {
        id: receipt!.id,
        text: `${POST}\n\n${LINK}`,
        picture: {
          type: 'image/jpeg',
          bytes: expect.any(Number),
          alt: expect.stringContaining('The Third Man'),
        },
      },
    ])
    expect(receipt).toEqual({
      id: expect.stringMatching(/^\d+$/),
      url: `https://x.com/i/web/status/${receipt!.id}`,
    })
    expect(far.violations).toEqual([])
  })

  it('has its link in a reply, or nowhere, depending on the setting', async () => {
    const { receipt } = await attempt({ link: 'reply' })
    expect(far.standing()).toMatchObject([
      { text: POST },
      { text: `The whole review: ${LINK}`, replyTo: receipt!.id },
    ])
    expect(receipt).toMatchObject({ replies: [far.posts[1]!.id] })
    await attempt({ link: 'none', review: sampleReview({ title: 'Again' }) })
    expect(texts()[2]).toBe(POST.replace('Everyone in Vienna is selling something', 'Again'))
  })

  it("has the critic's own line and still the link", async () => {
    await attempt({ changes: { text: 'See it twice, and stay for the zither.' } })
    expect(texts()).toEqual([
      `${POST.split('\n\n')[0]}\n\nSee it twice, and stay for the zither.\n\n${LINK}`,
    ])
  })

  it('continues where it was cut off: the reply comes once, the post is not sent again', async () => {
    far.behave('POST /2/tweets', { act: 'cut', done: true, times: 1 })
    const first = await attempt({ link: 'reply' })
    expect(first.error).toBeInstanceOf(Error)
    far.behave('*', { status: 502, times: 1 })
    const second = await attempt({
      link: 'reply',
      attempt: 2,
      changes: { progress: first.kept.progress },
    })
    expect(second.error).toBeInstanceOf(Retry)
    const third = await attempt({
      link: 'reply',
      attempt: 3,
      changes: { progress: second.kept.progress },
    })
    expect(third.receipt).toEqual({
      id: far.posts[0]!.id,
      url: expect.any(String),
      replies: [far.posts[1]!.id],
    })
    const again = await attempt({
      link: 'reply',
      attempt: 4,
      changes: { progress: third.kept.progress },
    })
    expect(again.receipt).toEqual(third.receipt)
    expect(texts()).toEqual([POST, `The whole review: ${LINK}`])
  })

  it('sends the same words after a lost answer, even if the review was fixed meanwhile', async () => {
    far.behave('POST /2/tweets', { act: 'cut', done: true, times: 1 })
    const { kept } = await attempt()
    const { receipt } = await attempt({
      attempt: 2,
      review: sampleReview({ title: 'Mended' }),
      changes: { progress: kept.progress },
    })
    expect(texts()).toEqual([`${POST}\n\n${LINK}`])
    expect(receipt).toMatchObject({ id: far.posts[0]!.id })
  })

  it('keeps its words if the repeat is refused for another reason', async () => {
    far.behave('POST /2/tweets', { act: 'cut', done: true, times: 1 })
    const first = await attempt()
    far.behave('POST /2/tweets', { status: 429, times: 1 })
    const second = await attempt({ attempt: 2, changes: { progress: first.kept.progress } })
    await attempt({
      attempt: 3,
      review: sampleReview({ title: 'Mended' }),
      changes: { progress: second.kept.progress },
    })
    expect(texts()).toEqual([`${POST}\n\n${LINK}`])
  })

  it.each([true, false])(
    'given another line after a lost answer (posted: %s), it is one post',
    async done => {
      far.behave('POST /2/tweets', { act: 'cut', done, times: 1 })
      const first = await attempt({ changes: { text: 'Bad line.' } })
      const second = await attempt({
        attempt: 2,
        changes: { text: 'Good line.', progress: first.kept.progress },
      })
      expect(texts()).toEqual([expect.stringContaining(done ? 'Bad line.' : 'Good line.')])
      expect(second.receipt).toMatchObject({ id: far.posts[0]!.id })
    },
  )

  it('sends the current words after a refusal', async () => {
    far.behave('POST /2/tweets', { status: 429, times: 1 })
    const { kept } = await attempt()
    await attempt({
      attempt: 2,
      review: sampleReview({ title: 'Mended' }),
      changes: { progress: kept.progress },
    })
    expect(texts()).toEqual([expect.stringMatching(/^Mended\n/)])
  })

  it('sends the current words after a call that never left', async () => {
    const gone = await X.start()
    await gone.close()
    const moving = settings()
    let saved: unknown
    const saveProgress = async (progress: unknown) => {
      saved = JSON.parse(JSON.stringify(progress))
      moving.url = gone.url
    }
    const { error } = await attempt({ settings: moving, changes: { saveProgress } })
    expect([(error?.cause as NodeJS.ErrnoException).code, saved]).toEqual(['ECONNREFUSED', {}])
  })

  it('finds its post again although X wraps links and escapes characters', async () => {
    const review = sampleReview({
      title: 'Love & <War>',
      summary: 'Seen at film.org/a?b=c&d, "twice".',
    })
    await attempt({ review })
    const { receipt, error } = await attempt({ review, attempt: 2 })
    expect([receipt?.id, error]).toEqual([far.posts[0]!.id, undefined])
  })

  it('is accepted without an id if X does not show the post', async () => {
    await attempt()
    far.behave('GET /2/users/:id/tweets', { status: 403, body: '{}' })
    const { receipt } = await attempt({ attempt: 2 })
    expect(receipt).toEqual({ said: `${POST}\n\n${LINK}` })
    expect(
      (await attempt({ type: 'ReviewCorrected', position: 2, changes: { receipt } })).error,
    ).toBeInstanceOf(Suppressed)
    expect(
      (await attempt({ type: 'ReviewArchived', position: 3, changes: { receipt } })).receipt,
    ).toMatchObject({ byHand: expect.stringContaining('delete it there') })
    far.behave('GET /2/users/:id/tweets')
    expect(
      (await attempt({ type: 'ReviewArchived', position: 3, attempt: 2, changes: { receipt } }))
        .receipt,
    ).toMatchObject({ gone: true })
    expect(texts()).toEqual([])
  })

  it('gets a new picture if X has forgotten the first', async () => {
    far.behave('POST /2/media/upload', { status: 200, body: '{"data":{"id":"123"}}', times: 1 })
    const { kept, error } = await attempt()
    expect([error?.name, error?.message]).toEqual([
      'Retry',
      'X answered 400: Your media IDs are invalid.',
    ])
    await attempt({ attempt: 2, changes: { progress: kept.progress } })
    expect(far.posts).toMatchObject([{ picture: { alt: expect.any(String) } }])
  })

  it('is posted without a description if only that is refused', async () => {
    far.behave('POST /2/media/metadata', { status: 403, body: '{}' })
    expect((await attempt()).receipt).toMatchObject({ id: far.posts[0]!.id })
  })
})

describe('later', () => {
  it('a correction is a reply that names the film, and the same note on another review is another', async () => {
    const one = await attempt()
    const other = await attempt({
      position: 2,
      review: sampleReview({
        title: 'Second look',
        url: `${LINK}-2`,
        movie: { ...sampleReview().movie, title: 'Ikiru' },
      }),
    })
    const corrected = await attempt({
      type: 'ReviewCorrected',
      position: 3,
      changes: { receipt: one.receipt },
    })
    await attempt({
      type: 'ReviewCorrected',
      position: 4,
      review: sampleReview({ movie: { ...sampleReview().movie, title: 'Ikiru' } }),
      changes: { receipt: other.receipt },
    })
    expect(far.posts.slice(2)).toMatchObject([
      { text: 'Corrected, The Third Man (1949): The year was wrong.', replyTo: one.receipt!.id },
      { text: 'Corrected, Ikiru (1949): The year was wrong.', replyTo: other.receipt!.id },
    ])
    expect(corrected.receipt).toEqual({ ...one.receipt, replies: [far.posts[2]!.id] })
  })

  it('an archived review is deleted with its replies, and not corrected after it is restored', async () => {
    const { receipt } = await attempt({ link: 'reply' })
    const corrected = await attempt({ type: 'ReviewCorrected', position: 2, changes: { receipt } })
    const gone = await attempt({
      type: 'ReviewArchived',
      position: 3,
      changes: { receipt: corrected.receipt },
    })
    expect([texts(), gone.receipt]).toEqual([[], { ...corrected.receipt, gone: true }])
    const { error } = await attempt({
      type: 'ReviewCorrected',
      position: 5,
      changes: { receipt: gone.receipt },
    })
    expect([error?.name, error?.message]).toEqual([
      'Suppressed',
      'the post was deleted when the review was archived',
    ])
    far.requests = []
    expect(
      (await attempt({ type: 'ReviewArchived', position: 6, changes: { receipt: gone.receipt } }))
        .receipt,
    ).toMatchObject({ gone: true })
    expect(far.requests).toEqual([])
  })

  it('a post that was sent and never recorded is found and deleted', async () => {
    far.behave('POST /2/tweets', { act: 'cut', done: true })
    const { kept } = await attempt()
    expect(texts()).toHaveLength(1)
    expect(
      (
        await attempt({
          type: 'ReviewArchived',
          position: 2,
          changes: { receipt: kept.progress!.receipt },
        })
      ).receipt,
    ).toMatchObject({ gone: true })
    expect(texts()).toEqual([])
  })

  it('so is a reply that was sent and never recorded, with its post', async () => {
    const { receipt } = await attempt()
    far.behave('POST /2/tweets', { act: 'cut', done: true })
    const corrected = await attempt({ type: 'ReviewCorrected', position: 2, changes: { receipt } })
    expect(texts()).toHaveLength(2)
    expect(
      (
        await attempt({
          type: 'ReviewArchived',
          position: 3,
          changes: { receipt: corrected.kept.progress!.receipt },
        })
      ).receipt,
    ).toMatchObject({ gone: true })
    expect(texts()).toEqual([])
  })

  it('there is no correction to what was never posted, nor below a post that somebody deleted', async () => {
    for (const type of ['ReviewCorrected', 'ReviewArchived'] as const)
      expect((await attempt({ type, position: 2 })).error).toMatchObject({
        name: 'Suppressed',
        message: 'nothing was posted',
      })
    expect(
      (await attempt({ type: 'ReviewCorrected', position: 2, changes: { receipt: { id: '123' } } }))
        .error,
    ).toMatchObject({ name: 'Suppressed', message: 'the post is no longer there' })
  })
})

describe('limits', () => {
  it('are reported, and waited for until the time that X names', async () => {
    far.left = 1
    const {
      kept: { quota },
    } = await attempt()
    expect(quota).toEqual({
      left: 0,
      of: 100,
      what: 'posts in these 15 minutes',
      until: expect.any(String),
    })
    const { error } = await attempt({ position: 2, review: sampleReview({ title: 'Next' }) })
    expect(error).toBeInstanceOf(Retry)
    expect((error as Retry).options.at! - Date.now()).toBeGreaterThan(890_000)
  })

  const limits = (headers: Record<string, number>) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  const seconds = (more: number) => Math.floor(Date.now() / 1000) + more
  it.each([
    [
      "a day's limit beside a window that is open",
      () => ({
        'x-rate-limit-remaining': 50,
        'x-rate-limit-reset': seconds(60),
        'x-user-limit-24hour-remaining': 0,
        'x-user-limit-24hour-reset': seconds(7000),
      }),
      7000,
    ],
    [
      'two limits that are both used up',
      () => ({
        'x-rate-limit-remaining': 0,
        'x-rate-limit-reset': seconds(600),
        'x-app-limit-24hour-remaining': 0,
        'x-app-limit-24hour-reset': seconds(9000),
      }),
      9000,
    ],
    [
      'no used-up limit',
      () => ({
        'x-rate-limit-remaining': 5,
        'x-rate-limit-reset': seconds(600),
        'x-app-limit-24hour-remaining': 1,
        'x-app-limit-24hour-reset': seconds(9000),
      }),
      600,
    ],
    [
      'a time that has passed by our clock',
      () => ({ 'x-rate-limit-remaining': 0, 'x-rate-limit-reset': seconds(-500) }),
      60,
    ],
    ['an invalid time', () => ({ 'x-rate-limit-remaining': 0, 'x-rate-limit-reset': 1e18 }), 60],
    ['no time at all', () => ({}), 60],
  ])('%s', async (_, headers, wait) => {
    far.behave('POST /2/tweets', { status: 429, headers: limits(headers()) })
    const { error } = await attempt()
    expect((error as Retry).options.at! - Date.now()).toBeGreaterThan((wait - 5) * 1000)
    expect((error as Retry).options.at! - Date.now()).toBeLessThan((wait + 5) * 1000)
  })

  it('that are not reached do not delay other failures', async () => {
    far.behave('POST /2/tweets', {
      status: 503,
      headers: limits({ 'x-rate-limit-remaining': 50, 'x-rate-limit-reset': seconds(800) }),
    })
    expect(((await attempt()).error as Retry).options.at).toBeUndefined()
  })
})

describe('what is refused', () => {
  it.each(Object.keys(KEYS) as (keyof typeof KEYS)[])(
    'a wrong %s stops the part and uses up no attempt',
    async key => {
      far.useKeys({ ...KEYS, [key]: 'another' })
      const { error, kept } = await attempt()
      expect([error?.name, error?.message, kept.progress]).toEqual([
        'Stopped',
        'X answered 401: Unauthorized',
        undefined,
      ])
    },
  )

  it.each([
    [
      'no credit',
      {
        status: 402,
        body: '{"title":"CreditsDepleted","detail":"Your account does not have any credits."}',
      },
      Stopped,
    ],
    [
      'a spending limit',
      {
        status: 403,
        body: '{"title":"SpendCapReached","detail":"Your billing cycle spend cap was reached."}',
      },
      Stopped,
    ],
    [
      'an app that may only read',
      {
        status: 403,
        body: '{"title":"Forbidden","detail":"Your client app is not configured with the appropriate oauth1 app permissions for this endpoint."}',
      },
      Stopped,
    ],
  ])('%s: the part stops', async (_, behaviour, as) => {
    far.behave('POST /2/tweets', behaviour)
    expect((await attempt()).error).toBeInstanceOf(as)
  })

  it("281 characters are that post's own fault", async () => {
    const { error } = await attempt({ changes: { text: '男'.repeat(140) } })
    expect([error?.name, error?.message]).toEqual(['Dead', expect.stringContaining('too long')])
  })

  it('a reply that X refuses becomes a dead letter; the post is known and can be deleted', async () => {
    let receipt: Receipt | undefined
    const saveProgress = async (saved: unknown) => {
      receipt = (saved as { receipt?: Receipt }).receipt
      if (receipt?.id)
        far.behave('POST /2/tweets', {
          status: 403,
          body: '{"detail":"Reply to this conversation is not allowed."}',
        })
    }
    const { error } = await attempt({ link: 'reply', changes: { saveProgress } })
    expect([error?.name, error?.message]).toEqual([
      'Dead',
      'X answered 403: Reply to this conversation is not allowed.',
    ])
    await attempt({ type: 'ReviewArchived', position: 2, changes: { receipt } })
    expect(texts()).toEqual([])
  })
})

describe('an invalid answer', () => {
  const ANSWERS: [string, Behaviour][] = [
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' }],
    ['nothing', { status: 200 }],
    ['10 MB', { status: 201, body: ' '.repeat(10_000_000) }],
    [
      'a redirect to a private address',
      { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } },
    ],
    ['a list of nothing', { status: 201, body: '{"data":[null]}' }],
    ['a number', { status: 200, body: '7' }],
    ['an id that is a path', { status: 201, body: '{"data":{"id":"../2/users/me"}}' }],
  ]
  it.each(ANSWERS)(
    '%s instead of a post: tried again, one post in the end',
    async (_, behaviour) => {
      far.behave('POST /2/tweets', { ...behaviour, done: true, times: 1 })
      const { error, kept } = await attempt()
      expect(error).toBeInstanceOf(Error)
      for (const end of [Dead, Stopped, Suppressed]) expect(error).not.toBeInstanceOf(end)
      expect(error!.message.length).toBeLessThan(300)
      expect(
        (await attempt({ attempt: 2, changes: { progress: kept.progress } })).receipt,
      ).toMatchObject({ id: far.posts[0]!.id })
      expect(texts()).toHaveLength(1)
    },
  )

  it.each(ANSWERS)('%s instead of our posts: no crash', async (_, behaviour) => {
    await attempt()
    far.behave('GET /2/users/:id/tweets', behaviour)
    const { receipt, error } = await attempt({ attempt: 2 })
    expect(receipt ?? error).toBeTruthy()
    expect(texts()).toHaveLength(1)
  })

  it.each(ANSWERS)('%s instead of a picture: nothing is posted yet', async (_, behaviour) => {
    far.behave('POST /2/media/upload', { ...behaviour, times: 1 })
    expect((await attempt()).error).toBeInstanceOf(Error)
    await attempt({ attempt: 2 })
    expect(texts()).toHaveLength(1)
  })

  it('the same id twice is deleted once', async () => {
    const { receipt } = await attempt()
    far.behave('POST /2/tweets', {
      status: 201,
      body: JSON.stringify({ data: { id: receipt!.id, text: '' } }),
    })
    const corrected = await attempt({ type: 'ReviewCorrected', position: 2, changes: { receipt } })
    far.behave('POST /2/tweets')
    far.requests = []
    expect(
      (
        await attempt({
          type: 'ReviewArchived',
          position: 3,
          changes: { receipt: corrected.receipt },
        })
      ).receipt,
    ).toMatchObject({ gone: true })
    expect(far.requests).toEqual(['DELETE /2/tweets/:id'])
  })
})

describe('the panel', () => {
  /** X makes no link of the other tests' address: its ending does not exist. */
  const url = 'https://mymovies.org/reviews/everyone-in-vienna'
  const render = (review = sampleReview({ url }), text?: string, link = 'post') =>
    part.render!(review, {
      settings: settings({ link }),
      siteUrl: 'https://mymovies.example',
      text,
    }) as Exclude<ReturnType<NonNullable<typeof x.render>>, Promise<unknown>>

  it('shows the words that are sent, as X counts them', () => {
    expect(render()).toEqual({
      say: `${POST}\n\n${url}`,
      line: 'Carol Reed tilts the city until the honest man slides off it.',
      reply: undefined,
      length: POST.length + 2 + 23,
      limit: 280,
      picture: {
        svg: expect.stringContaining('The Third Man'),
        alt: 'Title card: The Third Man, 1949, Thriller',
      },
      cost: "About $0.20 by X's price list: a post with a link costs $0.20, one without $0.015.",
    })
    expect(render(undefined, undefined, 'reply')).toMatchObject({
      say: POST,
      reply: `The whole review: ${url}`,
      cost: expect.stringContaining('$0.215'),
    })
    expect(render(undefined, undefined, 'none')).toMatchObject({
      say: POST,
      cost: "About $0.015 by X's price list.",
    })
    expect(render(undefined, 'More at film.org.', 'none').cost).toContain('$0.20')
  })

  it('says how much too long a line is, as the end of a sentence', () => {
    const room = 280 - render(undefined, '').length! - 2
    expect(render(undefined, 'x'.repeat(room)).problem).toBeUndefined()
    expect(render(undefined, 'x'.repeat(room + 1)).problem).toBe('is 1 character too long')
    expect(render(undefined, '男'.repeat(room)).problem).toBe(`is ${room} characters too long`)
  })

  it.each([
    ['x'.repeat(300), 'x'.repeat(300)],
    ['男'.repeat(300), '男 '.repeat(150)],
    ['👨‍👩‍👧‍👦'.repeat(25), '👨‍👩‍👧‍👦'.repeat(25)],
    ['a b '.repeat(75), ''],
  ])('cuts its own words to fit, never the link', (title, summary) => {
    for (const link of ['post', 'reply', 'none']) {
      const { say, length, problem } = render(
        sampleReview({ url, title, summary, movie: { ...sampleReview().movie, title } }),
        undefined,
        link,
      )
      expect([
        problem,
        length! <= 280,
        weightedLength(say!) === length,
        say!.endsWith(url),
      ]).toEqual([undefined, true, true, link === 'post'])
    }
  })

  it('warns that X has no spoiler warnings', () => {
    expect(render(sampleReview({ spoiler: true })).warning).toContain('keep spoilers out')
  })
})

describe('ready', () => {
  it.each([
    [{}, true],
    [
      { apiSecret: '', accessSecret: '' },
      'NUXT_X_API_SECRET and NUXT_X_ACCESS_SECRET must be set too',
    ],
    [
      { apiKey: '', apiSecret: '', accessToken: '', accessSecret: '', link: 'below' },
      'NUXT_X_LINK must be post, reply or none',
    ],
    [{ url: 'x.com' }, 'NUXT_X_URL must be a URL that starts with https:// or http://'],
  ] as const)('%j: %s', (given, said) => {
    expect(canSendWith(part, settings(given), '')).toBe(said)
  })
})
