/** The first start of a site: samples are imported and sent to nobody; and the film lookup at the desk. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, caller, makeOwner, OWNER } from '../support/account'
import { atTheDesk, button } from '../support/desk'
import { startServer, type TestServer } from '../support/server'

const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-samples-'))
let server: TestServer
let owner: Caller
beforeAll(async () => {
  server = await startServer({ dataDir, env: { NUXT_SEED: 'true' } })
  owner = await makeOwner(server.url)
})
afterAll(async () => {
  await server.kill()
  rmSync(dataDir, { recursive: true, force: true })
})
const shelf = async () =>
  (await caller(server.url)('/api/reviews?limit=100')).body.items as {
    slug: string
    title: string
    critic: { id: string }
    publishedAt: string
  }[]

describe('the samples', () => {
  it('are there for the first visitor, newest first, by MyMovies', async () => {
    const items = await shelf()
    expect(items).toHaveLength(24)
    expect(items[0]).toMatchObject({
      slug: 'everyone-stops-for-the-cat',
      critic: { id: 'mymovies', name: 'MyMovies' },
      publishedAt: '2026-11-14T11:01:17Z',
    })
    expect(items.map(item => item.publishedAt)).toEqual(
      items
        .map(item => item.publishedAt)
        .sort()
        .reverse(),
    )
  })

  it('are pages with their text', async () => {
    const page = await (await fetch(`${server.url}/reviews/very-polite-men-end-the-world`)).text()
    expect(page).toContain(
      '<blockquote dir="auto"><p dir="auto">Gentlemen are reminded that fighting is not allowed in the War Room.',
    )
    expect(page).toContain('Stanley Kubrick')
  })

  it('are sent to nobody', async () => {
    const { id } = (await caller(server.url)('/api/reviews/a-friend-resigns')).body
    const { body } = await owner(`/api/reviews/${id}/deliveries`)
    expect(JSON.stringify(body)).not.toMatch(/"(?:planned|accepted|retrying|dead)":[1-9]/)
  })

  it('keep their addresses', async () => {
    const made = await owner('/api/reviews', {
      body: {
        title: 'A friend resigns',
        movie: { title: 'Ikiru', year: 1952 },
        rating: 4,
        body: 'Mine.',
      },
    })
    const published = await owner(`/api/reviews/${made.body.id}/publish`, { body: {} })
    expect(published.body.slug).toBe('a-friend-resigns-2')
  })

  it('are not imported again at the next start', async () => {
    await server.stop()
    server = await startServer({ dataDir, port: server.port, env: { NUXT_SEED: 'true' } })
    expect(await shelf()).toHaveLength(25)
  })

  it('are removed with two presses, and stay gone; webhooks are not called', async () => {
    await owner('/api/webhooks', { body: { url: 'https://hooks.example.com/all', shape: 'thin' } })
    const page = await atTheDesk(server.url, OWNER)
    await page.getByText('24 of them are samples that came with the site.').waitFor()
    await button(page, 'Remove the samples').click()
    await button(page, 'Keep them').click()
    expect(await shelf()).toHaveLength(25)
    await button(page, 'Remove the samples').click()
    await button(page, 'Remove all 24').click()
    await expect.poll(() => button(page, 'Remove the samples').count()).toBe(0)
    await expect
      .poll(() => page.getByRole('list', { name: 'Published' }).getByRole('listitem').count(), {
        timeout: 10_000,
      })
      .toBe(1)
    expect((await shelf()).map(item => item.slug)).toEqual(['a-friend-resigns-2'])
    expect((await fetch(`${server.url}/reviews/a-friend-resigns`)).status).toBe(410)
    const webhooks = async () =>
      (await owner('/api/parts')).body.items.find(
        ({ name }: { name: string }) => name === 'webhooks',
      )
    await expect.poll(async () => (await webhooks()).lag, { timeout: 10_000 }).toBe(0)
    expect(await webhooks()).toMatchObject({ waiting: 0 })
    await server.stop()
    server = await startServer({ dataDir, port: server.port, env: { NUXT_SEED: 'true' } })
    expect(await shelf()).toHaveLength(1)
  })
})

describe('the lookup of films', () => {
  it('is only for critics', async () => {
    expect((await caller(server.url)('/api/movies/lookup?q=jaws')).status).toBe(401)
  })

  it('finds films in the catalogue and our own', async () => {
    expect((await owner('/api/movies/lookup?q=pulp%20ficton')).body[0]).toEqual({
      id: 'pulp-fiction-1994',
      title: 'Pulp Fiction',
      year: 1994,
      genres: ['Drama'],
      director: 'Quentin Tarantino',
    })
    expect((await owner('/api/movies/lookup?q=cleo')).body[0]).toMatchObject({
      id: 'cleo-from-5-to-7-1962',
      director: 'Agnès Varda',
      minutes: 90,
    })
  })

  it.each([
    ['', 200],
    ['%00', 200],
    ['a'.repeat(201), 422],
  ])('of %j answers %i', async (q, status) => {
    const answer = await owner(`/api/movies/lookup?q=${q}`)
    expect(answer.status).toBe(status)
    if (status === 422) expect(answer.body.errors[0].path).toBe('q')
  })
})
