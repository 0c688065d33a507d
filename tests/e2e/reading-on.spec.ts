/** A change that arrives while somebody reads takes nothing from them: not the focus, not the selection, not the view; one line says what happened. */
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { type Caller, makeOwner } from '../support/account'
import { browser } from '../support/browser'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let ask: Caller
beforeAll(async () => {
  server = await startServer()
  ask = await makeOwner(server.url)
})
afterAll(() => server.stop())

const PARAGRAPHS = Array.from({ length: 30 }, (_, i) => `Paragraph ${i} was here.`)
const BODY = [...PARAGRAPHS, 'Read [the book](https://example.org/book) first.'].join('\n\n')

/** A published review, opened further down, with the words "Paragraph 20" selected and the link to the book focused. */
async function openReview(): Promise<{ id: string; page: Page }> {
  const { body } = await ask('/api/reviews', {
    body: { title: 'Read on', movie: { title: 'M' }, rating: 4, summary: 'Twice.', body: BODY },
  })
  const { id, slug } = (await ask(`/api/reviews/${body.id}/publish`, { body: {} })).body
  const page = await (await (await browser()).newContext()).newPage()
  onTestFinished(() => page.context().close())
  await page.goto(`${server.url}/reviews/${slug}`)
  await page.getByRole('link', { name: 'the book' }).focus()
  await page.evaluate(() => {
    const words = [...document.querySelectorAll('.prose p')].find(paragraph =>
      paragraph.textContent.startsWith('Paragraph 20'),
    )!.firstChild!
    getSelection()!.setBaseAndExtent(words, 0, words, 'Paragraph 20'.length)
    words.parentElement!.scrollIntoView({ block: 'center' })
  })
  return { id, page }
}

const reading = (page: Page) =>
  page.evaluate(() => ({
    focused: document.activeElement?.textContent,
    selected: String(getSelection()),
    top: Math.round(getSelection()!.getRangeAt(0).getBoundingClientRect().top),
  }))
const status = (page: Page) => page.locator('main > [role=status]')

it.each([
  ['above what was selected', BODY.replace('Paragraph 3 was here.', 'Three is gone.')],
  ['in the same paragraph', BODY.replace('Paragraph 20 was here.', 'Paragraph 20 was elsewhere.')],
  ['by a new paragraph before it', BODY.replace('Paragraph 20', 'A new one.\n\nParagraph 20')],
  ['by a paragraph less', BODY.replace('Paragraph 7 was here.\n\n', '')],
  ['in a link that has the focus', BODY.replace('example.org/book', 'example.org/books')],
])('a correction %s keeps focus, selection and view', async (_, body) => {
  const { id, page } = await openReview()
  const before = await reading(page)
  expect(before).toMatchObject({ focused: 'the book', selected: 'Paragraph 20' })
  await ask(`/api/reviews/${id}/correct`, { body: { body, note: 'It was another one.' } })
  await expect
    .poll(() => status(page).textContent(), { timeout: 10_000 })
    .toBe('Corrected: It was another one. The rating stands.')
  expect(await status(page).locator('.line').isVisible()).toBe(true)
  const after = await reading(page)
  expect({ ...after, top: 0 }).toEqual({ ...before, top: 0 })
  expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(1)
})

it('a fixed typo changes the text and says nothing', async () => {
  const { id, page } = await openReview()
  const before = await reading(page)
  await ask(`/api/reviews/${id}/fix`, { body: { body: BODY.replace('Paragraph 2 ', 'Part 2 ') } })
  await expect.poll(() => page.textContent('.prose'), { timeout: 10_000 }).toContain('Part 2 ')
  expect(await status(page).textContent()).toBe('')
  expect((await reading(page)).selected).toBe(before.selected)
})

it('a removed link leaves the focus in its paragraph', async () => {
  const { id, page } = await openReview()
  const body = BODY.replace('[the book](https://example.org/book)', 'the book')
  await ask(`/api/reviews/${id}/fix`, { body: { body } })
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent), { timeout: 10_000 })
    .toBe('Read the book first.')
})

it('a withdrawn review says so, and the focus goes to its heading', async () => {
  const { id, page } = await openReview()
  await ask(`/api/reviews/${id}/archive`, { body: { reason: 'The wrong cut.' } })
  await expect
    .poll(() => status(page).textContent(), { timeout: 10_000 })
    .toBe('This review was withdrawn.')
  expect(await page.evaluate(() => document.activeElement?.nodeName)).toBe('H1')
})
