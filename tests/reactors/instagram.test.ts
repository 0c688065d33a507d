/**
 * The Instagram reactor against a stand-in that follows the Graph API's documented answers:
 * containers, pictures that it fetches, limits, codes.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  Dead,
  type Delivery,
  type Preview,
  type Reactor,
  type Receipt,
  Retry,
  Stopped,
  Suppressed,
} from '../../server/delivery/contract/define-reactor'
import { canSendWith } from '../../server/delivery/contract/part-settings'
import { portrait, sharePicture } from '../../server/reactor-kit/pictures'
import { clock } from '../../server/reactor-kit/poll'
import instagram from '../../server/reactors/instagram'
import { deliver, type Given } from '../support/delivery'
import { type Behaviour, Instagram, TOKEN, USER } from '../support/instagram'
import { fetchImage } from '../support/instagram-rules'
import { sampleReview } from '../support/sample-review'
import { type Mood, reactorContract } from './contract'

let far: Instagram
let site: Server
let siteUrl: string
let shown: { type: string; bytes: Buffer } | undefined
/** Waits for pictures take no time here. */
const pause = vi.spyOn(clock, 'pause').mockResolvedValue()
beforeAll(async () => {
  site = createServer((request, response) => {
    if (request.url === '/pictures/r-third-man/portrait.jpg' && shown)
      response.writeHead(200, { 'content-type': shown.type }).end(shown.bytes)
    else response.writeHead(404).end()
  })
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
})
afterAll(() => {
  site.close()
})
beforeEach(async () => {
  shown = await portrait(sampleReview())
  far = await Instagram.start()
  return () => far.close()
})

const settings = (given: Record<string, string> = {}) => ({
  url: far.url,
  userId: USER,
  token: TOKEN,
  ...given,
})
/** The reactor with its own ledger: what a delivery saves is given to its next attempt. */
function reactor(): Reactor & { progress: Map<string, unknown> } {
  const progress = new Map<string, unknown>()
  const on = Object.entries(instagram.on).map(([type, handle]) => [
    type,
    (delivery: Delivery) =>
      handle({
        ...delivery,
        progress: delivery.progress ?? progress.get(delivery.key),
        saveProgress: async (saved: unknown) => {
          await delivery.saveProgress(saved)
          progress.set(delivery.key, JSON.parse(JSON.stringify(saved)))
        },
      } as never),
  ])
  return {
    ...instagram,
    on: Object.fromEntries(on),
    progress,
  } as never
}
const review = (given = {}) =>
  sampleReview({ url: `${siteUrl}/reviews/everyone-in-vienna`, ...given })
const CAPTION =
  'Everyone in Vienna is selling something\n\nCarol Reed tilts the city until the honest man slides off it.\n\nThe Third Man (1949): 5 of 5. Go twice.\nBy Ines Okafor.\n\n#TheThirdMan #Thriller'
const attempt = (part: Reactor, given: Given = {}) =>
  (deliver(part, { settings: settings(), review: review(), ...given }) as Promise<Receipt>).then(
    receipt => ({ receipt, error: undefined }),
    (error: Error) => ({ receipt: undefined, error }),
  )

const MOODS: Record<Mood, [string, Behaviour] | undefined> = {
  well: undefined,
  down: ['*', { act: 'cut' }],
  busy: [
    '*',
    {
      status: 400,
      body: '{"error":{"message":"Application request limit reached","type":"OAuthException","code":4}}',
    },
  ],
  refuse: [
    '*',
    {
      status: 400,
      body: '{"error":{"message":"Invalid OAuth access token","type":"OAuthException","code":190,"fbtrace_id":"x"}}',
    },
  ],
  hang: ['POST /:id/media_publish', { act: 'hang', done: true }],
}

reactorContract(
  'instagram',
  async () => ({
    reactor: instagram as never,
    given: { settings: settings(), review: review() },
    far: {
      set(mood) {
        for (const where of ['*', 'POST /:id/media_publish']) far.behave(where)
        if (MOODS[mood]) far.behave(...MOODS[mood])
      },
      answer: told => far.behave('*', told),
      seen: () => far.posts.map(({ caption }) => caption),
    },
  }),
  { byHand: true, secrets: [TOKEN] },
)

describe('a published review', () => {
  it('is one upright picture with a description, a caption and no link', async () => {
    const { receipt } = await attempt(reactor())
    expect(far.posts).toMatchObject([
      {
        id: receipt!.id,
        caption: CAPTION,
        alt: expect.stringContaining('Title card: The Third Man'),
        picture: { width: 1080, height: 1350 },
      },
    ])
    expect(receipt).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      url: 'https://www.instagram.com/p/C1/',
    })
    expect([far.violations, far.posts[0]!.caption.includes('http')]).toEqual([[], false])
  })

  it('waits until Instagram is done with the picture, and never publishes it before', async () => {
    far.next.polls = 3
    pause.mockClear()
    expect((await attempt(reactor())).receipt).toMatchObject({ url: expect.any(String) })
    expect(pause.mock.calls.map(([ms]) => ms)).toEqual([200, 400, 800])
    far.next.polls = 99
    const part = reactor()
    const { error } = await attempt(part, { position: 2 })
    expect([error?.name, error?.message]).toEqual([
      'Retry',
      'Instagram is still working on the picture',
    ])
    for (const container of far.containers.values()) container.polls = 0
    expect((await attempt(part, { position: 2, attempt: 2 })).receipt).toMatchObject({
      url: 'https://www.instagram.com/p/C2/',
    })
    expect([
      far.requests.filter(where => where === 'POST /:id/media').length,
      far.violations,
    ]).toEqual([2, []])
  })

  it.each(['ERROR', 'EXPIRED'] as const)('%s: starts over with another container', async status => {
    far.next.status = status
    const part = reactor()
    const first = await attempt(part)
    expect(first.error).toBeInstanceOf(Retry)
    far.next.status = 'FINISHED'
    expect((await attempt(part, { attempt: 2 })).receipt).toMatchObject({
      url: expect.any(String),
    })
    expect([far.posts.length, far.containers.size]).toEqual([1, 2])
  })

  it.each<[string, string, Behaviour]>([
    ['the container is made', 'POST /:id/media', { act: 'cut', done: true, times: 1 }],
    ['it is asked for', 'GET /:id', { act: 'cut', times: 1 }],
    ['it is published', 'POST /:id/media_publish', { act: 'cut', done: true, times: 1 }],
    [
      'it is published, and answered with a page',
      'POST /:id/media_publish',
      { status: 200, body: '<h1>Welcome</h1>', done: true, times: 1 },
    ],
    [
      'it was not published, and answered with an id that is a path',
      'POST /:id/media_publish',
      { status: 200, body: '{"id":"../me"}', times: 1 },
    ],
  ])('is cut off when %s: one post, and its link is known', async (_, where, behaviour) => {
    far.behave(where, behaviour)
    const part = reactor()
    const { error } = await attempt(part)
    for (const end of [Dead, Stopped, Suppressed]) expect(error).not.toBeInstanceOf(end)
    const { receipt } = await attempt(part, {
      attempt: 2,
      review: review({ title: 'Mended meanwhile' }),
    })
    expect([far.posts.length, receipt?.id, receipt?.url]).toEqual([
      1,
      far.posts[0]!.id,
      'https://www.instagram.com/p/C1/',
    ])
  })

  it('is not published twice if only the link is missing', async () => {
    const part = reactor()
    const saveProgress = async (saved: unknown) => {
      if ((saved as { receipt?: Receipt }).receipt?.id)
        far.behave('GET /:id', { status: 502, times: 1 })
    }
    expect((await attempt(part, { changes: { saveProgress } })).error).toBeInstanceOf(Retry)
    far.requests = []
    expect((await attempt(part, { attempt: 2 })).receipt).toMatchObject({
      id: far.posts[0]!.id,
      url: far.posts[0]!.permalink,
    })
    expect(far.requests).toEqual(['GET /:id'])
  })

  it('is not posted again if we come back after its container has expired', async () => {
    far.behave('POST /:id/media_publish', { act: 'cut', done: true, times: 1 })
    const part = reactor()
    await attempt(part)
    far.containers.clear()
    expect((await attempt(part, { attempt: 2 })).receipt).toMatchObject({ id: far.posts[0]!.id })
    expect(far.posts).toHaveLength(1)
  })

  it('is recognised although Instagram returns captions without @', async () => {
    far.behave('POST /:id/media_publish', { act: 'cut', done: true, times: 1 })
    const part = reactor()
    const text = 'With @film.museum, twice.'
    await attempt(part, { changes: { text } })
    expect((await attempt(part, { attempt: 2, changes: { text } })).receipt).toMatchObject({
      id: far.posts[0]!.id,
    })
  })

  it('is accepted without a link if Instagram still does not list it after several attempts', async () => {
    far.behave('POST /:id/media_publish', { act: 'cut', done: true, times: 1 })
    far.behave('GET /:id/media', { body: '{"data":[]}' })
    const part = reactor()
    await attempt(part)
    expect((await attempt(part, { attempt: 2 })).error).toBeInstanceOf(Retry)
    const { receipt } = await attempt(part, { attempt: 4 })
    expect([receipt?.url, far.posts.length]).toEqual([undefined, 1])
    far.behave('GET /:id/media')
    expect(
      (await attempt(part, { type: 'ReviewArchived', position: 2, changes: { receipt } })).receipt,
    ).toMatchObject({ byHand: 'remove by hand', url: 'https://www.instagram.com/p/C1/' })
  })
})

describe('later', () => {
  it('a fix changes nothing there, a correction is one comment however often it is tried', async () => {
    const part = reactor()
    const { receipt } = await attempt(part)
    expect(Object.keys(instagram.on)).not.toContain('ReviewFixed')
    far.behave('POST /:id/comments', { act: 'cut', done: true, times: 1 })
    for (const tries of [1, 2, 3])
      await attempt(part, {
        type: 'ReviewCorrected',
        position: 2,
        attempt: tries,
        changes: { receipt },
      })
    expect(far.posts[0]!.comments.map(({ text }) => text)).toEqual([
      'Corrected: The year was wrong.',
    ])
  })

  it('a token that may not comment stops nothing; a post that is gone is not commented', async () => {
    const part = reactor()
    const { receipt } = await attempt(part)
    far.behave('POST /:id/comments', {
      status: 403,
      body: '{"error":{"message":"(#10) Application does not have permission for this action","type":"OAuthException","code":10}}',
    })
    expect(
      (await attempt(part, { type: 'ReviewCorrected', position: 2, changes: { receipt } })).error,
    ).toMatchObject({
      name: 'Dead',
      message: expect.stringContaining('instagram_business_manage_comments'),
    })
    far.behave('POST /:id/comments')
    far.posts = []
    expect(
      (await attempt(part, { type: 'ReviewCorrected', position: 3, changes: { receipt } })).error,
    ).toMatchObject({ name: 'Suppressed', message: 'the post is no longer there' })
  })

  it('what was never published is not taken down; what was published and never recorded is', async () => {
    const part = reactor()
    const receipt = () => (part.progress.get('event-1') as { receipt: Receipt }).receipt
    far.behave('POST /:id/media_publish', { act: 'cut', times: 1 })
    await attempt(part)
    expect(
      (
        await attempt(part, {
          type: 'ReviewArchived',
          position: 2,
          changes: { receipt: receipt() },
        })
      ).error,
    ).toMatchObject({ name: 'Suppressed', message: 'nothing was posted' })
    far.behave('POST /:id/media_publish', { act: 'cut', done: true, times: 1 })
    await attempt(part, { attempt: 2 })
    expect(
      (
        await attempt(part, {
          type: 'ReviewArchived',
          position: 3,
          changes: { receipt: receipt() },
        })
      ).receipt,
    ).toMatchObject({ byHand: 'remove by hand', url: far.posts[0]!.permalink })
  })

  it('nothing is added to what was never posted or has been archived', async () => {
    const part = reactor()
    for (const type of ['ReviewCorrected', 'ReviewArchived'] as const)
      expect((await attempt(part, { type, position: 2 })).error).toMatchObject({
        name: 'Suppressed',
        message: 'nothing was posted',
      })
    const { receipt } = await attempt(part)
    const archived = await attempt(part, {
      type: 'ReviewArchived',
      position: 3,
      changes: { receipt },
    })
    expect(
      (
        await attempt(part, {
          type: 'ReviewCorrected',
          position: 4,
          changes: { receipt: archived.receipt },
        })
      ).error,
    ).toBeInstanceOf(Suppressed)
  })
})

describe('limits', () => {
  it('are reported, and waited out', async () => {
    far.limit = { used: 99, total: 100 }
    let quota: unknown
    const part = reactor()
    await attempt(part, {
      changes: {
        quota: told => {
          quota = told
        },
      },
    })
    expect(quota).toEqual({ left: 1, of: 100, what: 'posts in 24 hours' })
    const { error } = await attempt(part, { position: 2 })
    expect(error).toBeInstanceOf(Retry)
    expect((error as Retry).options.at! - Date.now()).toBeGreaterThan(3 * 3600_000)
    expect([far.posts.length, far.containers.size]).toEqual([1, 1])
  })

  it('that are reached between the check and publishing are waited out', async () => {
    const part = reactor()
    far.behave('GET /:id/content_publishing_limit', {
      body: '{"data":[{"quota_usage":0,"config":{"quota_total":100}}]}',
    })
    far.limit.used = 100
    const { error } = await attempt(part)
    expect([error?.name, (error as Retry).options.at! > Date.now() + 3600_000]).toEqual([
      'Retry',
      true,
    ])
  })

  it.each([4, 17, 32, 613])(
    'code %i, whatever its status: everything waits for as long as Instagram says',
    async code => {
      far.behave('POST /:id/media', {
        status: 403,
        headers: {
          'x-business-use-case-usage':
            '{"17841400008460056":[{"type":"instagram","call_count":100,"estimated_time_to_regain_access":19}]}',
        },
        body: JSON.stringify({ error: { message: 'too many calls', code } }),
      })
      const { error } = await attempt(reactor())
      expect(error).toMatchObject({ name: 'Retry', options: { pause: '' } })
      expect(Math.round(((error as Retry).options.at! - Date.now()) / 60_000)).toBe(19)
    },
  )
})

describe('what is refused', () => {
  it('a wrong token stops the part, with 400 or 401, and is not shown', async () => {
    const { error } = await attempt(reactor(), {
      settings: settings({ token: 'IGAA-another' }),
    })
    expect([error?.name, error?.message]).toEqual([
      'Stopped',
      'Instagram answered 400: Invalid OAuth access token - Cannot parse access token',
    ])
    far.behave('*', { status: 401, body: '{"error":{"code":190}}' })
    expect((await attempt(reactor())).error).toBeInstanceOf(Stopped)
  })

  it('a wrong account id stops the part, on whichever call it shows', async () => {
    const body =
      '{"error":{"message":"Unsupported get request. Object with ID \'1\' does not exist","type":"GraphMethodException","code":100,"error_subcode":33}}'
    for (const where of ['GET /:id/content_publishing_limit', 'POST /:id/media']) {
      far.behave(where, { status: 400, body, times: 1 })
      expect((await attempt(reactor())).error).toMatchObject({
        name: 'Stopped',
        message: expect.stringContaining("is it the id of the token's own account?"),
      })
    }
    expect(far.posts).toEqual([])
  })

  it.each([
    ['an address without a version', 2500],
    ['a version that has ended', 2635],
  ])('%s stops the part', async (_, code) => {
    far.behave('*', { status: 400, body: `{"error":{"message":"hm","code":${code}}}` })
    expect((await attempt(reactor())).error).toBeInstanceOf(Stopped)
  })

  it.each([
    ['a picture that it cannot fetch', undefined, Retry],
    ['a PNG', { type: 'image/png', bytes: Buffer.from('89504e470d0a1a0a', 'hex') }, Dead],
  ])('%s', async (_, picture, as) => {
    shown = picture
    expect((await attempt(reactor())).error).toBeInstanceOf(as)
    expect(far.posts).toEqual([])
  })

  it("the stand-in refuses what is too wide, and takes both of our pictures' ratios", async () => {
    shown = await sharePicture(sampleReview())
    expect(await fetchImage(`${siteUrl}/pictures/r-third-man/portrait.jpg`)).toMatchObject({
      width: 1200,
    })
    const { default: sharp } = await import('sharp')
    const wide = await sharp({
      create: { width: 200, height: 100, channels: 3, background: '#000' },
    })
      .jpeg()
      .toBuffer()
    shown = { type: 'image/jpeg', bytes: wide }
    expect((await attempt(reactor())).error).toMatchObject({
      name: 'Dead',
      message: expect.stringContaining('aspect ratio'),
    })
  })

  it("a caption of 2,201 characters is that post's own fault", async () => {
    expect((await attempt(reactor(), { changes: { text: 'x'.repeat(2201) } })).error).toMatchObject(
      { name: 'Dead', message: expect.stringContaining('caption was too long') },
    )
  })

  it.each<[string, Behaviour]>([
    ['nothing', { status: 200 }],
    ['a page', { status: 502, body: '<html>' }],
    ['10 MB', { body: ' '.repeat(10_000_000) }],
    ['a list of nothing', { body: '{"data":[null]}' }],
    ['a number', { body: '7' }],
    [
      'a redirect to a private address',
      { status: 302, headers: { location: 'http://169.254.169.254/' } },
    ],
    [
      'an error that it calls transient',
      { status: 400, body: '{"error":{"message":"hm","code":99,"is_transient":true}}' },
    ],
  ])('%s for an answer: tried again, never a crash', async (_, behaviour) => {
    for (const where of ['POST /:id/media', 'GET /:id', 'POST /:id/media_publish']) {
      far.behave(where, { ...behaviour, times: 1 })
      const part = reactor()
      const { error } = await attempt(part, { position: far.posts.length + 1 })
      for (const end of [Dead, Stopped, Suppressed, undefined])
        expect(error).not.toBeInstanceOf(end ?? TypeError)
      expect(error!.message.length).toBeLessThan(300)
      expect(
        (await attempt(part, { position: far.posts.length + 1, attempt: 2 })).receipt,
      ).toMatchObject({ url: expect.any(String) })
    }
    expect(far.posts).toHaveLength(3)
  })
})

describe('before Publish', () => {
  const render = (given = {}, text?: string, site = 'https://mymovies.example') =>
    instagram.render!(sampleReview(given), {
      settings: settings(),
      siteUrl: site,
      text,
    }) as Preview
  it('shows the caption and the picture as they will be sent', () => {
    const { say, line, length, limit, picture, warning, problem } = render()
    expect([say, line, length, limit, warning, problem]).toEqual([
      CAPTION,
      sampleReview().summary,
      CAPTION.length,
      2200,
      undefined,
      undefined,
    ])
    expect(picture).toMatchObject({
      svg: expect.stringMatching(/^<svg .*Go twice.*<\/svg>$/),
      alt: expect.stringContaining('The Third Man'),
    })
  })

  it('says next to the line what Instagram would refuse', () => {
    expect(render({}, 'x'.repeat(2200)).problem).toMatch(/^is \d+ characters too long$/)
    expect(render({}, '#a '.repeat(31)).problem).toBe('has 31 hashtags, and Instagram takes 30')
    expect(render({}, '@a '.repeat(21)).problem).toBe('names 21 people, and Instagram takes 20')
    expect(render({}, '#a '.repeat(29)).say!.match(/#/g)).toHaveLength(30)
  })

  it('warns of spoilers, and makes no invalid tags', () => {
    expect(render({ spoiler: true }).say).toContain('This one gives the story away.')
    expect(
      render({
        movie: { id: 'm', title: '8½', genres: ['Film-Noir'] },
        tags: ['new wave', '2026', 'x'.repeat(80)],
      }).say,
    ).toMatch(/\n\n#FilmNoir #NewWave$/)
  })

  const REAL = 'https://graph.instagram.com/v26.0'
  const ready = (given: Record<string, string>, site: string) =>
    canSendWith(instagram as never, settings({ url: REAL, ...given }), site)
  it.each([
    ['http://localhost:3000', 'is not https'],
    ['http://films.example', 'is not https'],
    ['https://192.168.1.7', 'leads to a private address'],
    ['https://10.0.0.1:8443', 'leads to a private address'],
    ['https://films.local', 'leads to a private address'],
  ])(
    '%s: the real Instagram cannot fetch from there, so the part is off; another server may',
    (site, why) => {
      const sentence = `Instagram fetches the picture from this site, and NUXT_SITE_URL ${why}`
      expect(ready({}, site)).toBe(sentence)
      expect(ready({ url: 'http://127.0.0.1:9/v26.0' }, site)).toBe(true)
      expect(render({}, undefined, site).warning).toBe(`${sentence}.`)
    },
  )
  it('is ready with a public address, and says what is missing', () => {
    expect([ready({}, 'https://films.example'), ready({}, 'https://films.example:8443')]).toEqual([
      true,
      true,
    ])
    expect([
      ready({ token: '' }, 'https://films.example'),
      ready({ userId: '' }, 'https://films.example'),
      ready({ url: 'x' }, 'https://films.example'),
    ]).toEqual([
      'NUXT_INSTAGRAM_TOKEN must be set too',
      'NUXT_INSTAGRAM_USER_ID must be set too',
      'NUXT_INSTAGRAM_URL must be a URL that starts with https:// or http://',
    ])
  })
})
