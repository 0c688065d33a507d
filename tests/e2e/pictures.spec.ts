/** The pictures of a review on the built server: public while the review is, gone when it is archived. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner } from '../support/account'
import { insist } from '../support/insist'
import { jpegSize } from '../support/jpeg-size'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let ask: Caller
let review: { id: string; slug: string }
beforeAll(async () => {
  server = await startServer({ env: { NUXT_SITE_URL: 'https://films.example' } })
  ask = await makeOwner(server.url)
  review = await insist(ask, '/api/reviews', 'draft', {
    title: 'Żuławski & <b>"sons"</b>',
    movie: { title: 'Opętanie', year: 1981, genres: ['Horror'] },
    rating: 5,
    summary: 'Loud.',
    body: 'Berlin.',
  })
})
afterAll(() => server.kill())

const get = (path: string, init: RequestInit = {}) => fetch(server.url + path, init)
const NAMES = ['share', 'portrait'] as const
const SIZES = { share: [1200, 630], portrait: [1080, 1350] }

it('a draft has none', async () => {
  for (const name of NAMES)
    expect((await get(`/pictures/${review.id}/${name}.jpg`)).status).toBe(404)
})

it('a published review has both, which proxies may cache', async () => {
  await insist(ask, `/api/reviews/${review.id}/publish`, 'publish', {})
  for (const name of NAMES) {
    const path = `/pictures/${review.id}/${name}.jpg`
    const answer = await get(path)
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect([
      answer.status,
      answer.headers.get('content-type'),
      answer.headers.get('cache-control'),
    ]).toEqual([200, 'image/jpeg', 'public, max-age=60, must-revalidate'])
    expect(jpegSize(bytes)).toEqual(SIZES[name])
    const etag = answer.headers.get('etag')!
    const again = await get(path, { headers: { 'if-none-match': etag } })
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
    const head = await get(path, { method: 'HEAD' })
    expect([head.status, head.headers.get('etag'), (await head.arrayBuffer()).byteLength]).toEqual([
      200,
      etag,
      0,
    ])
    expect((await get(path, { method: 'POST' })).status).toBe(405)
  }
})

it('the page names it for sharing and for search engines', async () => {
  const html = await (await get(`/reviews/${review.slug}`)).text()
  const url = `https://films.example/pictures/${review.id}/share.jpg`
  for (const [property, content] of [
    ['og:image', url],
    ['og:image:width', '1200'],
    ['og:image:height', '630'],
    ['og:image:type', 'image/jpeg'],
    ['og:image:alt', 'Title card: Opętanie, 1981, Horror'],
  ])
    expect(html).toContain(`<meta property="${property}" content="${content}">`)
  expect(html).toContain('<meta name="twitter:card" content="summary_large_image">')
  expect(
    JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)![1]!),
  ).toMatchObject({ '@type': 'Review', image: url })
  expect(await (await get('/')).text()).toContain(
    '<meta property="og:image" content="https://films.example/pictures/share.jpg">',
  )
})

it('many at once are all answered', async () => {
  const paths = Array.from({ length: 60 }, (_, n) => `/pictures/${review.id}/${NAMES[n % 2]}.jpg`)
  expect(
    new Set((await Promise.all(paths.map(path => get(path)))).map(({ status }) => status)),
  ).toEqual(new Set([200]))
})

it.each(['nobody', '..%2f..%2fetc', '%00', '%', '%ff', 'x'.repeat(5000)])(
  'there is none of %j',
  async id => {
    for (const name of NAMES)
      expect((await get(`/pictures/${id}/${name}.jpg`)).status).toSatisfy((status: number) =>
        [400, 404, 414, 431].includes(status),
      )
  },
)
it('there are none under a slug or another name', async () => {
  for (const path of [
    `${review.slug}/share.jpg`,
    `${review.id}/share.png`,
    `${review.id}/other.jpg`,
  ])
    expect((await get(`/pictures/${path}`)).status).toBe(404)
})

it('pictures of archived reviews are not served', async () => {
  await insist(ask, `/api/reviews/${review.id}/archive`, 'archive', { reason: 'Another film.' })
  for (const name of NAMES) {
    const answer = await get(`/pictures/${review.id}/${name}.jpg`)
    expect([answer.status, await answer.json()]).toEqual([
      410,
      expect.objectContaining({ title: 'This review was withdrawn', detail: 'Another film.' }),
    ])
  }
})
