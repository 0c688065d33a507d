/** Hostile text published as reviews and read in a real browser: on their own pages, on the front page, in search and in the feeds. */
import type { BrowserContext } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostile, hostileAddresses } from '../shared/markdown/hostile'
import { type Caller, makeOwner } from '../support/account'
import { browser } from '../support/browser'
import { startServer, type TestServer } from '../support/server'
import { tripwire } from '../support/tripwire'

let server: TestServer
let owner: Caller
let context: BrowserContext
beforeAll(async () => {
  server = await startServer()
  owner = await makeOwner(server.url)
  context = await (await browser()).newContext()
})
afterAll(async () => {
  await context?.close()
  await server?.kill()
})

/** A text in every field that accepts it; a single-line field gets it on one line. Half a surrogate pair is refused on input; rendering it from old events is tested in tests/shared/markdown. */
async function publish(text: string): Promise<string> {
  const line =
    text
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim()
      .slice(0, 250)
      .toWellFormed() || 'Nothing'
  const cut = (length: number) => line.slice(0, length).trim().toWellFormed()
  const made = await owner('/api/reviews', {
    body: {
      title: line,
      movie: { title: line, year: 1949, genres: [cut(40)], director: cut(200) },
      rating: 3,
      summary: line,
      tags: [cut(60)],
      body: `Before.\n\n${text.replaceAll('\0', '').toWellFormed()}\n\nAfter.`,
    },
  })
  if (made.status !== 201)
    throw new Error(`${made.status} ${JSON.stringify(made.body)} for ${JSON.stringify(text)}`)
  const published = await owner(`/api/reviews/${made.body.id}/publish`, { body: {} })
  if (published.status !== 202)
    throw new Error(
      `${published.status} ${JSON.stringify(published.body)} for ${JSON.stringify(text)}`,
    )
  return published.body.url
}

/** What the page did, and its text. */
async function visit(url: string): Promise<{ touched: string[]; text: string }> {
  const page = await context.newPage()
  try {
    const { touched, look } = await tripwire(page, server.url)
    await page.goto(url, { waitUntil: 'load' })
    await look()
    return { touched, text: (await page.locator('main').textContent()) ?? '' }
  } finally {
    await page.close()
  }
}

/** Addresses are many and small: one review holds them all. */
const texts = [
  ...hostile.filter(text => !text.startsWith('[click](')),
  hostileAddresses.map(url => `[click](${url}) [click](<${url}>)`).join('\n\n'),
]

describe('in a real browser', () => {
  it('the tripwires work', async () => {
    const page = await context.newPage()
    const { touched, look } = await tripwire(page, server.url)
    await page.setContent(
      '<main><article><div class="prose"><a href="javascript:1">x</a><img src="https://evil.example/x" onerror="window.pwned=1;alert(1)"><script>console.error("x")</script></div></article></main>',
    )
    await expect
      .poll(async () => {
        await look()
        return touched.join('\n')
      })
      .toMatch(/pwned is set/)
    for (const wire of [
      'dialog: 1',
      'request: https://evil.example/x',
      'console: x',
      '<script> in the article',
      'onerror on <img>',
      'href="javascript:1"',
    ])
      expect(touched).toContainEqual(wire)
    await page.close()
  })

  it.concurrent.each(texts)('%j is only words', { timeout: 60_000 }, async text => {
    const { touched, text: read } = await visit(await publish(text))
    expect(touched).toEqual([])
    expect(read).toContain('After.')
  })

  it('lists are harmless too', async () => {
    for (const path of [
      '/',
      '/search?q=script',
      '/movies',
      '/critics',
      '/genres/' + encodeURIComponent('<script>window.pwned=1</script>'),
    ])
      expect(
        (await visit(server.url + path)).touched.filter(wire => !/status of 404/.test(wire)),
        path,
      ).toEqual([])
  })
})
