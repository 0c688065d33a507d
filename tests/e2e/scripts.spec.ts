/** Films of the world on the built server: every title is found as written, and no link leads to a 404. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, caller, makeOwner } from '../support/account'
import { publish, type Published } from '../support/publish'
import { startServer, type TestServer } from '../support/server'
import { TITLES } from '../support/titles'

let server: TestServer
let ask: Caller
let owner: Caller
const reviews = new Map<string, Published>()
beforeAll(async () => {
  server = await startServer()
  owner = await makeOwner(server.url, {
    name: 'Инна Чурикова',
    email: 'inna@example.org',
    password: 'a wheel above Vienna',
  })
  ask = caller(server.url)
  for (const { script, title } of TITLES)
    reviews.set(
      title,
      await publish(owner, {
        movie: { title, year: 2001, genres: [script, `${title}!`.slice(0, 40)] },
      }),
    )
})
afterAll(() => server.stop())

const status = async (url: string) =>
  (await fetch(url, { redirect: 'manual', headers: { accept: 'text/html' } })).status
const titlesFor = async (q: string) =>
  (await ask(`/api/search?q=${encodeURIComponent(q)}`)).body.items.map(
    (card: { movie: { title: string } }) => card.movie.title,
  )

describe.each(TITLES)('$script: $title', ({ title, typed }) => {
  it('is found as written and as people type it', async () => {
    for (const q of [title, title.normalize('NFD'), ...typed])
      expect([q, await titlesFor(q)]).toEqual([q, expect.arrayContaining([title])])
  })
  it('has a page for the review, the film and each genre, at the very addresses that are linked', async () => {
    const { url, slug } = reviews.get(title)!
    const { body } = await ask(`/api/reviews/${encodeURIComponent(slug)}`)
    const page = await (await fetch(url)).text()
    const film = `/movies/${encodeURIComponent(body.movie.id)}`
    expect(page).toContain(`href="${film}"`)
    const filmPage = await (await fetch(server.url + film)).text()
    const links = [...filmPage.matchAll(/href="(\/(?:genres|critics|reviews)\/[^"]+)"/g)].map(
      ([, href]) => href!,
    )
    expect(links.length).toBeGreaterThanOrEqual(4)
    for (const path of [film, `/api${film}`, ...links])
      expect([path, await status(server.url + path)]).toEqual([path, 200])
  })
})

it('has no dead address in the sitemap', async () => {
  const paths = [...(await ask('/sitemap.xml')).body.matchAll(/<loc>([^<]+)<\/loc>/g)].map(
    ([, url]) => url as string,
  )
  for (const url of paths) {
    expect(url).toMatch(/^\p{ASCII}+$/u)
    expect([url, await status(url)]).toEqual([url, 200])
  }
})

describe('an address in another form', () => {
  const redirect = async (path: string) => {
    const { status, headers } = await ask(path, { headers: { accept: 'text/html' } })
    return [status, headers.get('location')]
  }
  const CRITIC = `/critics/${encodeURIComponent('инна-чурикова')}`
  it('of a critic leads to the one address', async () => {
    const { critic } = (await ask('/api/reviews?limit=1')).body.items[0]
    expect(critic.slug).toBe('инна-чурикова')
    for (const given of [critic.id, encodeURIComponent('Инна-Чурикова')])
      expect(await redirect(`/critics/${given}`)).toEqual([308, CRITIC])
    expect((await ask(`/api/critics/${encodeURIComponent(critic.slug)}`)).body.id).toBe(critic.id)
    expect((await ask('/critics/nobody')).status).toBe(404)
  })
  it('of a review leads to the one address', async () => {
    const { id } = reviews.get('Kış Uykusu')!
    for (const given of [id, 'ON-KIS-UYKUSU', encodeURIComponent('on-kış-uykusu')])
      expect(await redirect(`/reviews/${given}`)).toEqual([308, '/reviews/on-kis-uykusu'])
  })
  it('of a genre and a film leads to the one address', async () => {
    expect(await redirect('/genres/TURKISH?after=')).toEqual([308, '/genres/turkish?after='])
    expect(await redirect('/movies/KIS-UYKUSU-2001')).toEqual([308, '/movies/kis-uykusu-2001'])
    expect(await redirect(`/movies/${encodeURIComponent('kış-uykusu-2001')}`)).toEqual([
      308,
      '/movies/kis-uykusu-2001',
    ])
    expect((await ask('/genres/nosuch')).status).toBe(404)
  })
  it('of a film whose title was fixed leads to the new one, in the API too', async () => {
    const { id } = await publish(owner, {
      movie: { title: 'Bjorn og Asa', year: 1999, genres: [] },
    })
    await owner(`/api/reviews/${id}/fix`, {
      body: { movie: { title: 'Bjørn og Åse', year: 1998, genres: [] } },
    })
    expect(await redirect('/movies/bjorn-og-asa-1999')).toEqual([308, '/movies/bjorn-og-ase-1998'])
    expect(await redirect('/api/movies/bjorn-og-asa-1999')).toEqual([
      308,
      '/api/movies/bjorn-og-ase-1998',
    ])
    expect((await (await fetch(`${server.url}/api/movies/bjorn-og-asa-1999`)).json()).title).toBe(
      'Bjørn og Åse',
    )
  })
})
