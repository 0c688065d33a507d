/** The life of a review over HTTP, and how each endpoint answers bad input. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, makeOwner, withToken } from '../support/account'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

const FILM = { title: 'The Third Man', year: 1949, genres: ['Thriller'] }
const whole = {
  title: 'Everyone in Vienna',
  movie: FILM,
  rating: 5,
  summary: 'S.',
  body: 'Hello **you**.',
}
const soon = new Date(Date.now() + 3_600_000).toISOString()
let server: TestServer
let ask: Caller

beforeAll(async () => {
  server = await startServer()
  ask = await makeOwner(server.url)
})
afterAll(() => server.stop())

const draft = async (more: object = {}) =>
  (await ask('/api/reviews', { body: { ...whole, ...more } })).body as { id: string; slug: string }
const text = async (path: string) => (await fetch(server.url + path)).text()

describe('a review', () => {
  it('is drafted in private, published, fixed, corrected, archived with a reason, and restored', async () => {
    const { id, slug } = await draft({ title: 'A whole life' })
    expect((await fetch(`${server.url}/api/reviews/${id}`)).status).toBe(404)
    const out = await ask(`/api/reviews/${id}/publish`, { body: {} })
    expect(out).toMatchObject({
      status: 202,
      body: {
        id,
        slug,
        url: `${server.url}/reviews/${slug}`,
        event: { position: expect.any(Number) },
      },
    })
    expect(await text('/')).toContain('A whole life')
    await ask(`/api/reviews/${id}/fix`, { body: { title: 'A whole lives' } })
    expect(await text(`/reviews/${slug}`)).toContain('A whole lives')
    await ask(`/api/reviews/${id}/correct`, { body: { rating: 4, note: 'Four, on reflection.' } })
    expect(await text(`/reviews/${slug}`)).toContain('Four, on reflection.')
    expect(
      (await ask(`/api/reviews/${id}/archive`, { body: { reason: 'It was the wrong cut.' } }))
        .status,
    ).toBe(202)
    const gone = await fetch(`${server.url}/reviews/${slug}`)
    expect([gone.status, await gone.text()]).toEqual([
      410,
      expect.stringContaining('It was the wrong cut.'),
    ])
    expect(await text('/')).not.toContain('A whole lives')
    expect((await ask(`/api/reviews/${id}/restore`, { body: {} })).status).toBe(202)
    expect(await text('/')).toContain('A whole lives')
    const { body } = await ask(`/api/reviews/${id}/history`)
    expect(body.items.map((item: { type: string }) => item.type)).toEqual([
      'ReviewDrafted',
      'ReviewPublished',
      'ReviewFixed',
      'ReviewCorrected',
      'ReviewArchived',
      'ReviewRestored',
    ])
  })

  it('is published once, however often that is requested', async () => {
    const { id } = await draft()
    const key = { headers: { 'idempotency-key': 'k1' } }
    const [first, again] = [
      await ask(`/api/reviews/${id}/publish`, { body: {}, ...key }),
      await ask(`/api/reviews/${id}/publish`, { body: {}, ...key }),
    ]
    expect(again.status).toBe(202)
    expect(again.body.event).toEqual(first.body.event)
    expect(await ask(`/api/reviews/${id}/publish`, { body: {} })).toMatchObject({
      status: 200,
      body: { event: first.body.event },
    })
    expect(
      (await ask(`/api/reviews/${id}/publish`, { body: { parts: { push: false } }, ...key }))
        .status,
    ).toBe(422)
  })

  it('refuses one of two simultaneous changes to the same version', async () => {
    const { id } = await publish(ask)
    const { version } = (await ask(`/api/desk/reviews/${id}`)).body
    const both = await Promise.all(
      ['One', 'Two'].map(title =>
        ask(`/api/reviews/${id}/fix`, { body: { title }, headers: { 'if-match': `"${version}"` } }),
      ),
    )
    expect(both.map(answer => answer.status).sort()).toEqual([202, 412])
  })

  it('created twice with one key is one review', async () => {
    const made = await Promise.all(
      [1, 2].map(() => ask('/api/reviews', { body: whole, headers: { 'idempotency-key': 'one' } })),
    )
    expect(new Set(made.map(m => m.body.id)).size).toBe(1)
    expect(made[0]!.headers.get('location')).toBe(`/api/reviews/${made[0]!.body.id}`)
  })

  it('keeps a pending working copy apart from what a fix changes', async () => {
    const { id } = await publish(ask)
    await ask(`/api/reviews/${id}`, { method: 'PATCH', body: { summary: 'Not yet public.' } })
    await ask(`/api/reviews/${id}/fix`, { body: { title: 'Fixed title' } })
    const { body } = await ask(`/api/desk/reviews/${id}`)
    expect(body).toMatchObject({
      content: { title: 'Fixed title', summary: 'Not yet public.' },
      published: { summary: 'Seen twice.' },
      pending: ['summary'],
    })
  })

  it('increments its version with every change, and refuses a stale one with the current text', async () => {
    const { id } = await draft()
    const one = await ask(`/api/reviews/${id}`, {
      method: 'PATCH',
      body: { title: 'Mine' },
      headers: { 'if-match': '"1"' },
    })
    expect(one.body.version).toBe(2)
    const stale = await ask(`/api/reviews/${id}`, {
      method: 'PATCH',
      body: { title: 'Yours' },
      headers: { 'if-match': '"1"' },
    })
    expect(stale).toMatchObject({ status: 412, body: { current: { version: 2, title: 'Mine' } } })
    expect(
      (await ask(`/api/reviews/${id}/publish`, { body: {}, headers: { 'if-match': '"1"' } }))
        .status,
    ).toBe(412)
  })

  it('is published at its scheduled time', async () => {
    const { id, slug } = await draft({ title: 'At its time' })
    const at = new Date(Date.now() + 1200).toISOString()
    expect(
      await ask(`/api/reviews/${id}/schedule`, { body: { at, timeZone: 'Europe/Vienna' } }),
    ).toMatchObject({ status: 202, body: { status: 'scheduled' } })
    await expect
      .poll(async () => (await fetch(`${server.url}/reviews/${slug}`)).status, { timeout: 8000 })
      .toBe(200)
  })

  it.each(['2020-01-01T00:00:00Z', '9999-01-01T00:00:00Z', '9999-12-31T23:59:59-01:00'])(
    'is not scheduled for %s',
    async at => {
      const { id } = await draft()
      const answer = await ask(`/api/reviews/${id}/schedule`, { body: { at } })
      expect([answer.status, answer.body.errors]).toEqual([
        422,
        [
          {
            path: 'at',
            message: at < '2026' ? 'must be in the future' : 'must be within the next five years',
          },
        ],
      ])
    },
  )

  it('that was unscheduled stays a draft', async () => {
    const { id } = await draft()
    await ask(`/api/reviews/${id}/schedule`, {
      body: { at: new Date(Date.now() + 3_600_000).toISOString() },
    })
    expect(await ask(`/api/reviews/${id}/schedule`, { method: 'DELETE' })).toMatchObject({
      status: 202,
      body: { status: 'draft' },
    })
  })
})

describe('bad input', () => {
  it.each<[string, unknown, number, string?]>([
    ['malformed JSON', '{"title":', 400],
    ['an array', [], 422],
    ['no title', { ...whole, title: undefined }, 422, 'title'],
    ['an empty title', { ...whole, title: ' ' }, 422, 'title'],
    ['a title with a line break', { ...whole, title: 'a\nb' }, 422, 'title'],
    ['half a character in the body', { ...whole, body: 'Vienna \uD800' }, 422, 'body'],
    ['no film', { ...whole, movie: undefined }, 422, 'movie'],
    ['a film without title', { ...whole, movie: { year: 1949 } }, 422, 'movie.title'],
    ['a year in words', { ...whole, movie: { ...FILM, year: 'last' } }, 422, 'movie.year'],
    ['no rating', { ...whole, rating: undefined }, 422, 'rating'],
    ['a rating of 4.3', { ...whole, rating: 4.3 }, 422, 'rating'],
    ['a rating of 6', { ...whole, rating: 6 }, 422, 'rating'],
    ['a rating as text', { ...whole, rating: '5' }, 422, 'rating'],
    ['a summary of 301', { ...whole, summary: 'x'.repeat(301) }, 422, 'summary'],
    ['a body of 100 kB and one', { ...whole, body: 'x'.repeat(100 * 1024 + 1) }, 422, 'body'],
    ['a request of 300 kB', { ...whole, body: 'x'.repeat(300 * 1024) }, 413],
    ['tags as text', { ...whole, tags: 'a,b' }, 422, 'tags'],
    ['a field that we do not know', { ...whole, stars: 5 }, 422],
    [
      'a poster from elsewhere',
      { ...whole, movie: { ...FILM, poster: { url: 'https://evil.example/p.jpg', alt: 'a' } } },
      422,
      'movie.poster.url',
    ],
  ])('%s is refused when a review is made', async (_, body, status, path) => {
    const before = (await ask('/api/desk/reviews')).body.items.length
    const answer = await ask('/api/reviews', { body })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    if (path) expect(answer.body.errors.map((e: { path: string }) => e.path)).toContain(path)
    expect((await ask('/api/desk/reviews')).body.items).toHaveLength(before)
  })

  it.each<[string, string, unknown, number, string?]>([
    ['a correction without note', 'correct', { rating: 4 }, 422, 'note'],
    ['an archive without reason', 'archive', {}, 422, 'reason'],
    ['a fix that empties the title', 'fix', { title: '' }, 422, 'title'],
    ['a fix that takes the rating away', 'fix', { rating: null }, 422, 'rating'],
    ['a schedule for what is public', 'schedule', { at: soon }, 409],
    ['a schedule without time', 'schedule', {}, 422, 'at'],
    ['a schedule in no zone', 'schedule', { at: soon, timeZone: 'Mars/Olympus' }, 422, 'timeZone'],
    ['a part that does not exist', 'publish', { parts: { fax: false } }, 422, 'parts.fax'],
    ['an unknown door', 'explode', {}, 404],
  ])('%s is refused', async (_, verb, body, status, path) => {
    const { id } = verb === 'publish' ? await draft() : await publish(ask)
    const answer = await ask(`/api/reviews/${id}/${verb}`, { body })
    expect(answer.status).toBe(status)
    if (path) expect(answer.body.errors.map((e: { path: string }) => e.path)).toContain(path)
  })

  it('a compressed body is refused with an explanation, wherever it is sent', async () => {
    for (const path of ['/api/reviews', '/api/readers/import', '/api/uploads', '/sign-in']) {
      const answer = await fetch(server.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body: gzipSync('{}'),
      })
      expect([
        answer.status,
        answer.headers.get('accept-encoding'),
        (await answer.json()).detail,
      ]).toEqual([415, 'identity', 'Send the body as it is, without a Content-Encoding header.'])
    }
    expect(
      (await ask('/api/reviews', { body: whole, headers: { 'content-encoding': 'identity' } }))
        .status,
    ).toBe(201)
  })

  it('an unknown review is 404 at every endpoint', async () => {
    for (const verb of ['publish', 'fix', 'archive', 'restore', 'schedule', 'hold', 'preview'])
      expect(
        (await ask(`/api/reviews/nobody/${verb}`, { body: { reason: 'r', at: soon } })).status,
      ).toBeOneOf([404, 422])
    expect(
      (await ask('/api/reviews/nobody', { method: 'PATCH', body: { title: 'x' } })).status,
    ).toBe(404)
  })

  it('an incomplete draft is not published, and the answer says what is missing', async () => {
    const {
      body: { id },
    } = await ask('/api/drafts', { body: {} })
    const answer = await ask(`/api/reviews/${id}/publish`, { body: {} })
    expect([answer.status, answer.body.errors.map((e: { path: string }) => e.path)]).toEqual([
      422,
      ['title', 'movie.title', 'rating'],
    ])
  })

  it('a poster without a description is not published', async () => {
    const { id } = await draft({ movie: { ...FILM, poster: { url: '/uploads/abc.webp' } } })
    expect((await ask(`/api/reviews/${id}/publish`, { body: {} })).body.errors).toEqual([
      { path: 'movie.poster.alt', message: expect.any(String) },
    ])
  })

  it('hostile Markdown is refused or harmless', async () => {
    const { id, slug } = await draft({
      title: 'Hostile',
      body: '<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](x "onerror=alert(1)")',
    })
    expect((await ask(`/api/reviews/${id}/publish`, { body: {} })).status).toBe(202)
    const page = await text(`/reviews/${slug}`)
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('href="javascript:')
    const deep = await draft({ title: 'Deep', body: `${'> '.repeat(3000)}x` })
    expect(await ask(`/api/reviews/${deep.id}/publish`, { body: {} })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'body' }] },
    })
  })

  it('strangers and tokens without the scope cannot change anything', async () => {
    const { id } = await draft()
    const url = `/api/reviews/${id}/publish`
    expect((await fetch(server.url + url, { method: 'POST' })).status).toBe(401)
    expect((await (await withToken(server.url, ask, ['readers']))(url, { body: {} })).status).toBe(
      403,
    )
    expect((await (await withToken(server.url, ask, ['reviews']))(url, { body: {} })).status).toBe(
      202,
    )
  })
})
