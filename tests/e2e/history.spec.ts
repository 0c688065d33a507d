/** Time travel: a review as of any event, over the API and on its page. */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, caller, makeOwner, OWNER, signIn, withToken } from '../support/account'
import { alive, atTheDesk } from '../support/desk'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let owner: Caller
let id: string
let slug: string
/** The position of each event of the review, by its type. */
const at: Record<string, number> = {}
beforeAll(async () => {
  server = await startServer()
  owner = await makeOwner(server.url)
  const draft = await owner('/api/reviews', {
    body: {
      title: 'Everyone in Vienna',
      movie: { title: 'The Third Man', year: 1949 },
      rating: 5,
      summary: 'A zither and a sewer.',
      body: 'Harry Lime arrives *late*.',
    },
  })
  id = draft.body.id
  const act = async (name: string, body: object) => {
    const answer = await owner(`/api/reviews/${id}/${name}`, { body })
    expect(answer.status).toBe(202)
    slug ??= answer.body.slug
  }
  await act('publish', {})
  await act('fix', { title: 'Everyone in Wien' })
  await act('correct', { rating: 4, note: 'Four.' })
  await act('archive', { reason: 'Wrong cut.' })
  const { items } = (await owner(`/api/reviews/${id}/history`)).body
  for (const { type, position } of items) at[type] = position
})
afterAll(() => server.kill())

const asOf = (position: unknown, as: Caller = owner) =>
  as(`/api/reviews/${id}?asOf=${position as string}`)

describe('GET /api/reviews/:id?asOf=', () => {
  it('shows the review as it was after each event', async () => {
    expect((await asOf(at.ReviewDrafted)).body).toMatchObject({ id, status: 'draft' })
    expect((await asOf(at.ReviewDrafted)).body).not.toHaveProperty('title')
    expect((await asOf(at.ReviewPublished)).body).toMatchObject({
      status: 'published',
      title: 'Everyone in Vienna',
      rating: 5,
      event: { type: 'ReviewPublished', actor: OWNER.name },
    })
    expect((await asOf(at.ReviewFixed)).body).toMatchObject({
      title: 'Everyone in Wien',
      rating: 5,
    })
    expect((await asOf(at.ReviewCorrected)).body).toMatchObject({
      rating: 4,
      corrections: [{ note: 'Four.' }],
    })
    const archived = await asOf(at.ReviewArchived)
    expect(archived.body).toMatchObject({ status: 'archived', archived: { reason: 'Wrong cut.' } })
    expect(archived.headers.get('cache-control')).toBe('private, no-store')
  })

  it('takes a slug, too', async () => {
    const found = await owner(`/api/reviews/${slug}?asOf=${at.ReviewPublished}`)
    expect(found.body).toMatchObject({ id, title: 'Everyone in Vienna' })
  })

  it.each([
    '-1',
    '-0',
    '1.5',
    '1e3',
    '0x1',
    '01',
    '+1',
    '%201',
    'latest',
    '',
    '999999999999999',
    '9007199254740993',
    '1000000000000000000000000',
    'Infinity',
    'NaN',
    '1&asOf=2',
  ])('answers 422 on asOf to %j', async position => {
    expect(await asOf(position)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'asOf' }] },
    })
  })

  it('answers 404 before the review existed, and for one that never did', async () => {
    expect(await asOf(0)).toMatchObject({ status: 404 })
    const later = await owner('/api/drafts', { body: {} })
    expect(await owner(`/api/reviews/${later.body.id}?asOf=${at.ReviewDrafted}`)).toMatchObject({
      status: 404,
    })
    expect(await owner('/api/reviews/nobody?asOf=1')).toMatchObject({ status: 404 })
  })

  it('is for those who may edit the review', async () => {
    const critic = { email: 'omar@example.org', password: 'the critic sits in row seven' }
    await owner('/api/people', { body: { name: 'Omar', role: 'critic', ...critic } })
    const position = at.ReviewPublished
    for (const [as, status] of [
      [caller(server.url), 401],
      [await signIn(server.url, critic), 403],
      [await withToken(server.url, owner, ['parts']), 403],
      [await withToken(server.url, owner, ['reviews']), 200],
    ] as const) {
      expect(await asOf(position, as)).toMatchObject({ status })
      // Who may not ask learns nothing about positions either.
      if (status === 401) expect(await asOf('latest', as)).toMatchObject({ status })
    }
  })

  it('changes nothing for the public', async () => {
    const stranger = caller(server.url)
    expect(await stranger(`/api/reviews/${id}`)).toMatchObject({ status: 410 })
  })
})

it('the page shows each event, the review as it was, and what differs, by keyboard alone', async () => {
  const page = await atTheDesk(server.url, OWNER)
  const errors: string[] = []
  page.on('console', message => message.type() === 'error' && errors.push(message.text()))
  await page.goto(`${server.url}/editor/${id}`)
  await alive(page)
  await page.getByRole('link', { name: 'History' }).focus()
  await page.keyboard.press('Enter')
  const events = page.getByRole('list', { name: 'Events' })
  await events.waitFor()
  expect(await events.getByRole('link').allTextContents()).toEqual([
    'Archived',
    'Correction published',
    'Typo fixed',
    'Published',
    'Draft started',
  ])
  expect(await events.textContent()).toContain(`by ${OWNER.name}`)
  expect(await events.textContent()).toContain('“Wrong cut.”')
  await page.getByText('The text is the same.').waitFor()

  await events.getByRole('link', { name: 'Correction published' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/history?event=${at.ReviewCorrected}`)
  const shown = page.getByRole('article')
  await shown.getByText('4 of 5').waitFor()
  const differs = page.getByRole('region', { name: 'What differs' })
  await differs.getByRole('heading', { name: 'Rating' }).waitFor()

  await page.getByLabel('Compared with').focus()
  await page.getByLabel('Compared with').selectOption(String(at.ReviewPublished))
  await differs.getByRole('heading', { name: 'Title' }).waitFor()
  expect(await differs.locator('del').allTextContents()).toContain('Vienna')
  expect(await differs.locator('ins').allTextContents()).toContain('Wien')

  await events.getByRole('link', { name: 'Draft started' }).click()
  await shown.getByRole('heading', { name: 'Not public yet' }).waitFor()
  for (const width of [390, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id: rule, nodes }) => [rule, nodes[0]!.html])).toEqual([])
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
    ).toBe(true)
  }
  expect(errors).toEqual([])
})

it('a review that does not exist has no history', async () => {
  const page = await atTheDesk(server.url, OWNER)
  const answer = await page.goto(`${server.url}/editor/reviews/nobody/history`)
  expect(answer!.status()).toBe(404)
})
