/** The public reading API, the feeds and the sitemap on the built server. */
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, caller, makeOwner } from '../support/account'
import { publish, type Published } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let ask: Caller
let owner: Caller
let thriller: Published
let drama: Published
let gone: Published
beforeAll(async () => {
  server = await startServer()
  owner = await makeOwner(server.url)
  ask = caller(server.url)
  thriller = await publish(owner)
  drama = await publish(owner, {
    movie: { title: 'Ikiru', year: 1952, genres: ['Drama'] },
    rating: 3.5,
  })
  gone = await publish(owner, {
    movie: { title: 'Cats', year: 2019, genres: ['Musical'] },
    rating: 1,
  })
  await owner(`/api/reviews/${gone.id}/archive`, { body: { reason: 'The wrong cut.' } })
})
afterAll(() => server.stop())

describe('GET /api/reviews', () => {
  it('returns cards, newest first, with links', async () => {
    const { status, body } = await ask('/api/reviews')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      next: null,
      total: 2,
      items: [
        {
          id: drama.id,
          url: `${server.url}/reviews/${drama.slug}`,
          movie: { title: 'Ikiru' },
          critic: { name: 'Ines Okafor' },
        },
        { id: thriller.id },
      ],
    })
    expect(body._links.self.href).toBe(`${server.url}/api/reviews`)
    expect(JSON.stringify(body.items[0]).length).toBeLessThan(2048)
  })
  it('pages by cursor, and the next link leads on', async () => {
    const first = await ask('/api/reviews?limit=1')
    const second = await ask(first.body._links.next.href.slice(server.url.length))
    expect([...first.body.items, ...second.body.items].map(card => card.id)).toEqual([
      drama.id,
      thriller.id,
    ])
    expect(second.body.next).toBeNull()
  })
  it.each([
    ['genre=thriller', 1],
    ['minRating=4', 1],
    ['minRating=', 2],
    ['genre=Musical', 0],
    ['q=vienna', 2],
    ['q=ikiru', 1],
    ['critic=ines-okafor', 2],
  ])('narrows down by %s', async (query, count) => {
    expect((await ask(`/api/reviews?${query}`)).body.items).toHaveLength(count)
  })
  it.each(['critic=nobody', 'genre=nosuch'])(
    'answers 404 to %s, in the API and in feeds',
    async query => {
      for (const path of ['/api/reviews', '/feed.xml', '/atom.xml', '/feed.json'])
        expect([path, (await ask(`${path}?${query}`)).status]).toEqual([path, 404])
    },
  )
  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['minRating=6', 'minRating'],
    ['minRating=3.3', 'minRating'],
    ['after=forged', 'after'],
    ['fields=id,secret', 'fields'],
    ['genre=a&genre=b', 'genre'],
    [`q=${'x'.repeat(300)}`, 'q'],
  ])('refuses %s, naming the field', async (query, path) => {
    const { status, body, headers } = await ask(`/api/reviews?${query}`)
    expect([status, headers.get('content-type'), body.errors?.[0]?.path]).toEqual([
      422,
      'application/problem+json',
      path,
    ])
  })
  it('gives only the fields that were asked for, and the id', async () => {
    expect((await ask('/api/reviews?fields=title&limit=1')).body.items).toEqual([
      { id: drama.id, title: 'On Ikiru' },
    ])
    expect(
      Object.keys((await ask(`/api/reviews/${drama.id}?fields=rating,title`)).body).sort(),
    ).toEqual(['_links', 'id', 'rating', 'title'])
  })
  it('gives single fields inside others', async () => {
    const [card] = (await ask('/api/reviews?fields=movie.title,critic.name&limit=1')).body.items
    expect(card).toEqual({
      id: drama.id,
      movie: { title: 'Ikiru' },
      critic: { name: 'Ines Okafor' },
    })
  })
  it('leads on by links alone: to the film, the critic, the events and the feed', async () => {
    const follow = async ({ href }: { href: string }) => ask(href.slice(server.url.length))
    const list = (await ask('/api/reviews?genre=drama')).body
    const [card] = list.items
    expect((await follow(card._links.movie)).body.title).toBe('Ikiru')
    expect((await follow(card._links.critic)).body.name).toBe('Ines Okafor')
    expect((await follow(card._links.self)).body.title).toBe(card.title)
    expect((await follow(card._links.events)).body).toMatchObject([{ subject: drama.id }])
    expect((await follow(list._links.feed)).body.items).toHaveLength(1)
    expect((await follow(list._links.events)).body).toEqual([])
    const critic = (await follow(card._links.critic)).body
    for (const link of ['self', 'reviews', 'feed', 'events'])
      expect([link, (await follow(critic._links[link])).status]).toEqual([link, 200])
  })
  it.each(['movies', 'critics'])('%s come in pages, if they are asked for so', async list => {
    const whole = (await ask(`/api/${list}`)).body
    const ids: string[] = []
    let path: string | undefined = `/api/${list}?limit=1`
    while (path) {
      const { body } = await ask(path)
      ids.push(...body.items.map(({ id }: { id: string }) => id))
      path = body._links.next?.href.slice(server.url.length)
    }
    expect([ids, whole.next]).toEqual([whole.items.map(({ id }: { id: string }) => id), null])
    for (const query of ['after=forged', 'limit=0', 'limit=101', 'fields=secret'])
      expect([query, (await ask(`/api/${list}?${query}`)).status]).toEqual([query, 422])
    const [item] = (await ask(`/api/${list}?fields=reviews`)).body.items
    expect(item).toEqual({ id: ids[0], reviews: expect.any(Number) })
  })
  it('may be kept by a CDN for seconds, and be purged by its tags', async () => {
    for (const [path, tag] of [
      ['/api/reviews', 'reviews'],
      [`/api/reviews/${drama.slug}`, `reviews,review-${drama.id}`],
      ['/api/movies', 'movies'],
      ['/api/critics', 'critics'],
    ]) {
      const { headers } = await ask(path!)
      expect([path, headers.get('cache-tag')]).toEqual([path, tag])
      expect(headers.get('cache-control')).toBe('public, max-age=0, s-maxage=10, must-revalidate')
    }
  })
  it('answers 304 when nothing changed', async () => {
    for (const path of ['/api/reviews', `/api/reviews/${drama.slug}`, '/feed.xml', '/api/movies']) {
      const etag = (await ask(path)).headers.get('etag')!
      for (const given of [etag, `W/${etag}`, `"other", ${etag}`, '*'])
        expect([path, (await ask(path, { headers: { 'if-none-match': given } })).status]).toEqual([
          path,
          304,
        ])
      expect((await ask(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    }
  })
})

describe('GET /api/reviews/:idOrSlug', () => {
  it('answers the review by id and by slug', async () => {
    for (const name of [drama.id, drama.slug])
      expect((await ask(`/api/reviews/${name}`)).body).toMatchObject({
        id: drama.id,
        body: 'Vienna.',
        rating: 3.5,
        corrections: [],
      })
  })
  it('answers 410 with the reason once it is archived, and 404 for a draft', async () => {
    const { status, body } = await ask(`/api/reviews/${gone.id}`)
    expect([status, body]).toEqual([
      410,
      expect.objectContaining({
        title: 'This review was withdrawn',
        detail: 'The wrong cut.',
        reason: 'The wrong cut.',
        withdrawn: true,
        id: gone.id,
      }),
    ])
    expect(JSON.stringify(body)).not.toContain('Vienna')
    const draft = await owner('/api/reviews', {
      body: { title: 'Secret', movie: { title: 'M', year: 1931 }, rating: 5 },
    })
    for (const name of [draft.body.id, draft.body.slug, 'nothing', '..%2F..', '%00'])
      expect((await ask(`/api/reviews/${name}`)).status).toBe(404)
  })
  it('knows the movie and the critic', async () => {
    expect((await ask('/api/movies/ikiru-1952')).body).toMatchObject({
      title: 'Ikiru',
      year: 1952,
      scores: [],
      reviews: [{ id: drama.id }],
    })
    expect((await ask('/api/movies/cats-2019')).status).toBe(404)
    const { critic } = (await ask(`/api/reviews/${drama.id}`)).body
    expect((await ask(`/api/critics/${critic.id}`)).body).toMatchObject({
      name: 'Ines Okafor',
      reviews: 2,
    })
  })
})

describe('feeds', () => {
  const read = {
    '/feed.xml': async (query = '') =>
      parseRssFeed((await ask(`/feed.xml${query}`)).body).items!.map(item => ({
        id: item.guid!.value!,
        html: item.content!.encoded!,
        at: item.pubDate!,
      })),
    '/atom.xml': async (query = '') =>
      parseAtomFeed((await ask(`/atom.xml${query}`)).body).entries!.map(entry => ({
        id: entry.id!.split(':').at(-1)!,
        html: entry.content!.value!,
        at: entry.published!,
      })),
    '/feed.json': async (query = '') =>
      parseJsonFeed((await ask(`/feed.json${query}`)).body).items!.map(item => ({
        id: item.id!,
        html: item.content_html!,
        at: item.date_published!,
      })),
  }
  const at = (text: string) => Math.floor(Date.parse(text) / 1000)

  it.each(Object.keys(read) as (keyof typeof read)[])(
    '%s carries the full text, filtered, and names the hub that distributes it',
    async path => {
      expect((await read[path]()).map(entry => entry.id)).toEqual([drama.id, thriller.id])
      expect((await read[path]())[0]!.html).toContain('<p>Vienna.</p>')
      expect((await read[path]('?genre=thriller')).map(entry => entry.id)).toEqual([thriller.id])
      const { headers, body } = await ask(`${path}?minRating=4`)
      expect(headers.get('link')).toBe(
        `<${server.url}${path}?minRating=4>; rel="self", <${server.url}/websub>; rel="hub"`,
      )
      expect(JSON.stringify(body)).toContain(`${server.url}/websub`)
      expect((await ask(`${path}?minRating=9`)).status).toBe(422)
    },
  )

  it('a correction changes the text and keeps the date', async () => {
    const before = await read['/feed.xml']()
    await owner(`/api/reviews/${thriller.id}/correct`, {
      body: { rating: 4.5, note: 'It is half a point too much.' },
    })
    for (const entries of [
      await read['/feed.xml'](),
      await read['/atom.xml'](),
      await read['/feed.json'](),
    ]) {
      const entry = entries.find(({ id }) => id === thriller.id)!
      expect(entry.html).toContain('It is half a point too much.')
      expect(at(entry.at)).toBe(at(before.find(({ id }) => id === thriller.id)!.at))
    }
  })
})

it('lists public pages in the sitemap and keeps crawlers from the desk', async () => {
  const map = (await ask('/sitemap.xml')).body as string
  for (const path of ['/', `/reviews/${drama.slug}`, '/movies/ikiru-1952', '/genres/drama'])
    expect(map).toContain(`<loc>${server.url}${path}</loc>`)
  expect(map).not.toContain(gone.slug)
  expect((await ask('/robots.txt')).body).toMatch(
    /Disallow: \/editor[\s\S]*Sitemap: http:\/\/localhost:\d+\/sitemap\.xml/,
  )
  const manifest = await fetch(`${server.url}/manifest.webmanifest`).then(answer => answer.json())
  for (const { src } of manifest.icons) expect((await fetch(server.url + src)).status).toBe(200)
})
