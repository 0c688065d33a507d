/** What search engines, networks, browsers and crawlers are told about the public pages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browser } from '../support/browser'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
beforeAll(async () => {
  server = await startServer({
    env: {
      NUXT_SEED: 'true',
      NUXT_SECURITY_CONTACT: 'safety@films.example',
      NUXT_AI_CRAWLERS: 'deny',
    },
  })
})
afterAll(() => server.stop())

const read = async (path: string) => {
  const answer = await fetch(server.url + path, { headers: { accept: 'text/html' } })
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: await answer.text(),
  }
}
const REVIEW = '/reviews/everyone-stops-for-the-cat'
const ldOf = (html: string) =>
  [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(([, json]) =>
    JSON.parse(json!),
  )

it.each([
  '/',
  '/reviews',
  REVIEW,
  '/movies',
  '/movies/the-third-man-1949',
  '/critics',
  '/critics/mymovies',
  '/genres/drama',
  '/search',
  '/feeds',
  '/subscribe',
  '/about',
  '/how-we-rate',
  '/privacy',
  '/developers',
  '/nowhere',
])('%s has a description, and a picture to share that exists', async path => {
  const { text } = await read(path)
  expect(/<meta name="description" content="([^"]+)"/.exec(text)?.[1]).toBeTruthy()
  const picture = /<meta property="og:image" content="([^"]+)"/.exec(text)![1]!
  const answer = await fetch(picture)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
})

describe('schema.org', () => {
  it('a review names its film with a picture, its publisher with a logo, and an organisation as its author', async () => {
    const [review, trail] = ldOf((await read(REVIEW)).text)
    expect(review).toMatchObject({
      '@type': 'Review',
      itemReviewed: { '@type': 'Movie', image: expect.stringContaining('/pictures/') },
      publisher: { '@type': 'Organization', logo: { url: `${server.url}/icon-512.png` } },
      author: { '@type': 'Organization', name: 'MyMovies' },
    })
    expect(trail.itemListElement.map((step: { item: string }) => step.item)).toEqual([
      `${server.url}/reviews`,
      `${server.url}/movies/the-third-man-1949`,
      server.url + REVIEW,
    ])
  })

  it.each(['/movies/the-third-man-1949', '/critics/mymovies', '/genres/drama'])(
    '%s says where it stands',
    async path => {
      expect(ldOf((await read(path)).text).at(-1)).toMatchObject({ '@type': 'BreadcrumbList' })
    },
  )
})

it('security.txt names the contact, for a year', async () => {
  const { text, type } = await read('/.well-known/security.txt')
  expect(type).toBe('text/plain; charset=utf-8')
  expect(text).toContain('Contact: mailto:safety@films.example\n')
  const days = (Date.parse(/Expires: (.+)/.exec(text)![1]!) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(300)
  expect(days).toBeLessThan(366)
})

it('robots.txt closes the site to crawlers that train models, and to no search engine', async () => {
  const { text } = await read('/robots.txt')
  const closed = text.split('\n\n').find(group => group.includes('GPTBot'))!
  expect(closed).toMatch(/\nDisallow: \/$/)
  expect(closed).not.toMatch(/Googlebot|bingbot|\*/)
})

it('a browser can search from its address bar', async () => {
  const { text } = await read('/')
  const at = /<link rel="search"[^>]* href="([^"]+)"/.exec(text)![1]!
  expect((await read(at)).text).toContain(`template="${server.url}/search?q={searchTerms}"`)
})

it('a reader without a network gets a page of ours', async () => {
  const context = await (await browser()).newContext()
  const page = await context.newPage()
  await page.goto(server.url)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await context.setOffline(true)
  await page.goto(server.url + REVIEW)
  expect(await page.textContent('h1')).toBe('You are offline')
  expect(
    await page.locator('.blank').evaluate(frame => getComputedStyle(frame).backgroundColor),
  ).toBe('rgb(13, 14, 17)')
  await context.setOffline(false)
  await page.getByRole('link', { name: 'Try again' }).click()
  await expect.poll(() => page.textContent('h1')).toBe('Everyone stops for the cat')
  await context.close()
})
