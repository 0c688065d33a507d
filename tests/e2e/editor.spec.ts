/** The writing page on the built server: writing, publishing, saving and merging in real browsers. */
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner, OWNER, signIn } from '../support/account'
import { alive, atTheDesk, button, field, freshPage, newReview, saved } from '../support/desk'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let owner: Caller
beforeAll(async () => {
  server = await startServer()
  owner = await makeOwner(server.url)
})
afterAll(() => server.kill())

const textOf = async (id: string) => (await owner(`/api/desk/reviews/${id}`)).body.content
const seriousOf = async (page: Parameters<typeof saved>[0]) =>
  (await new AxeBuilder({ page }).analyze()).violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)

it('publishes by keyboard alone, and an open front page updates', async () => {
  const reader = await freshPage()
  await reader.goto(server.url)
  const page = await atTheDesk(server.url, OWNER)
  await alive(page)
  await button(page, 'New review').focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(
    () => document.querySelector<HTMLTextAreaElement>('#title')?.readOnly === false,
  )
  await field(page, 'Title').focus()
  await page.keyboard.type('A swing, in the snow')
  await page.keyboard.press('Tab')
  await page.keyboard.type('The Dark Knight (2008)')
  await page.getByText('Christopher Nolan, 152 minutes').waitFor()
  await field(page, 'Summary').focus()
  await page.keyboard.type('A clerk gets a playground built.')
  await page.keyboard.press('Tab')
  await page.keyboard.type('He has *half a year*.')
  await page.locator('.prose em', { hasText: 'half a year' }).waitFor()
  const rating = page.getByRole('slider', { name: 'Rating' })
  await rating.focus()
  for (let halves = 0; halves < 9; halves++) await page.keyboard.press('ArrowRight')
  expect(await rating.getAttribute('aria-valuetext')).toBe('4½: Go tonight')
  await saved(page)
  expect(await seriousOf(page)).toEqual([])
  await button(page, 'Publish').focus()
  await page.keyboard.press('Enter')
  await button(page, 'Archive').waitFor()
  await reader.getByRole('link', { name: 'A swing, in the snow' }).waitFor()
  expect(await seriousOf(page)).toEqual([])
  await page.goto(`${server.url}/editor`)
  await alive(page)
  expect(await seriousOf(page)).toEqual([])
})

it.each(['nothing', 'outbox/999', 'webhooks/nothing', 'parts/nothing'])(
  'has no page /editor/%s, and says so with 404',
  async path => {
    expect(await owner(`/editor/${path}`, { headers: { accept: 'text/html' } })).toMatchObject({
      status: 404,
      body: expect.stringMatching(/Page not found|This webhook does not exist/),
    })
  },
)

it('links from a missing page of the desk back to the desk', async () => {
  const page = await atTheDesk(server.url, OWNER)
  await page.goto(`${server.url}/editor/nothing`)
  await page.getByRole('main').getByRole('link', { name: 'Back to the desk' }).click()
  await button(page, 'New review').waitFor()
})

it('says what does not work without scripts, and shows no dead button', async () => {
  const {
    body: { id },
  } = await owner('/api/reviews', {
    body: {
      title: 'Read only',
      movie: { title: 'Ikiru', year: 1952 },
      rating: 4,
      summary: 'A playground.',
      body: 'Snow.',
    },
  })
  const page = await freshPage({ javaScriptEnabled: false })
  const sentence = page.getByText('The desk needs JavaScript')
  await page.goto(`${server.url}/sign-in`)
  await field(page, 'Email').fill(OWNER.email)
  await field(page, 'Password').fill(OWNER.password)
  await button(page, 'Sign in').click()
  for (const path of ['/editor', `/editor/${id}`, '/editor/people']) {
    await page.goto(server.url + path)
    expect(await sentence.isVisible(), path).toBe(true)
    expect(await page.locator('button:visible').count(), path).toBe(0)
  }
  const scripted = await atTheDesk(server.url, OWNER)
  expect(await scripted.getByText('The desk needs JavaScript').isVisible()).toBe(false)
})

it('says what is missing at the field and beside the button', async () => {
  const page = await atTheDesk(server.url, OWNER)
  await newReview(page)
  await button(page, 'Publish').click()
  await page.getByText('Not published. It needs a title, a film and a rating.').waitFor()
  expect(await field(page, 'Title').getAttribute('aria-invalid')).toBe('true')
  expect(await page.locator(':focus').getAttribute('id')).toBe('title')
  await field(page, 'Title').fill('Named at last')
  await page.getByText('Not published. It needs a film and a rating.').waitFor()
  expect(await field(page, 'Title').getAttribute('aria-invalid')).toBe(null)
  await field(page, 'Movie').fill('A film nobody knows')
  await page.getByText('Write it as “Title (Year)”').waitFor()
  await page.getByText('Not published. It needs a rating.').waitFor()
  await field(page, 'Movie').fill('A film nobody knows (1850)')
  await page.getByText('The year of the film must be at least 1870.').waitFor()
  await field(page, 'Movie').fill('A film nobody knows (1950)')
  await page.getByText('It is kept as you wrote it').waitFor()
  expect(await field(page, 'Movie').getAttribute('aria-invalid')).toBe(null)
})

it('keeps the button in reach, however one got to the page', async () => {
  const page = await atTheDesk(server.url, OWNER, { viewport: { width: 1440, height: 600 } })
  await newReview(page)
  await page.reload()
  await alive(page)
  await page.locator('.parts > li').nth(3).waitFor()
  expect(
    await page.locator('.panel').evaluate(panel => panel.getBoundingClientRect().bottom),
  ).toBeGreaterThan(700)
  const { y, height } = (await button(page, 'Publish').boundingBox())!
  expect(y + height).toBeLessThanOrEqual(600)
})

it('underlines an invalid field in red, however one got to the page', async () => {
  const page = await atTheDesk(server.url, OWNER)
  await newReview(page)
  await page.reload()
  await alive(page)
  await button(page, 'Publish').click()
  const problem = page.locator('#movie-problem')
  await problem.waitFor()
  expect(await field(page, 'Movie').evaluate(input => getComputedStyle(input).borderBottom)).toBe(
    `2px solid ${await problem.evaluate(line => getComputedStyle(line).color)}`,
  )
})

it('says on a phone, near the button, why nothing was published', async () => {
  const page = await atTheDesk(server.url, OWNER, { viewport: { width: 390, height: 800 } })
  await newReview(page)
  await button(page, 'Publish').click()
  const { y, height } = (await page
    .getByRole('alert')
    .filter({ hasText: 'Not published.' })
    .boundingBox())!
  expect(y).toBeGreaterThan(400)
  expect(y + height).toBeLessThanOrEqual(800)
})

it('takes the genres of an unknown film, which readers subscribe to', async () => {
  const page = await atTheDesk(server.url, OWNER)
  const id = await newReview(page)
  await field(page, 'Title').fill('By hand')
  expect(await field(page, 'Genres').getAttribute('readonly')).not.toBe(null)
  await field(page, 'Movie').fill('A film of somebody (1999)')
  await field(page, 'Genres').fill('drama, SCI-FI, Heimat')
  await field(page, 'Movie').fill('A film of somebody else (1999)')
  await expect
    .poll(async () => (await textOf(id)).movie)
    .toMatchObject({ title: 'A film of somebody else', genres: ['Drama', 'Sci-Fi', 'Heimat'] })
  await field(page, 'Movie').fill('The Dark Knight (2008)')
  await page.getByText('Christopher Nolan, 152 minutes').waitFor()
  await expect.poll(() => field(page, 'Genres').inputValue()).toMatch(/Action/)
})

it('asks for the description of a poster at its field', async () => {
  const page = await atTheDesk(server.url, OWNER)
  await newReview(page)
  await field(page, 'Title').fill('With a poster')
  await field(page, 'Movie').fill('A film of nobody (1999)')
  await page.getByRole('slider').fill('3')
  await page.locator('#poster').setInputFiles('public/icon-192.png')
  const words = field(page, 'Description of the poster')
  await words.waitFor()
  await button(page, 'Publish').click()
  await page.getByText('Must describe the poster.').waitFor()
  expect(await words.getAttribute('aria-invalid')).toBe('true')
  await words.fill('An empty frame')
  await page.getByText('It will be published without a summary or a text.').waitFor()
  await button(page, 'Publish').click()
  await button(page, 'Fix a typo').waitFor()
})

it('merges what two people wrote in different places, and shows both versions where they wrote in the same place', async () => {
  const one = await atTheDesk(server.url, OWNER)
  const id = await newReview(one)
  await field(one, 'Title').fill('Two hands')
  await field(one, 'Review').fill(
    'The first sentence is mine. The middle stays. The last one is old.',
  )
  await saved(one)
  const other = await atTheDesk(server.url, OWNER)
  await other.goto(one.url())
  await field(other, 'Review').fill(
    'The first sentence is mine. The middle stays. The last one is new.',
  )
  await expect.poll(async () => (await textOf(id)).body).toContain('is new')
  await field(one, 'Review').fill(
    'The first sentence is ours. The middle stays. The last one is old.',
  )
  await expect
    .poll(() => field(one, 'Review').inputValue())
    .toBe('The first sentence is ours. The middle stays. The last one is new.')
  await expect
    .poll(async () => (await textOf(id)).body)
    .toBe('The first sentence is ours. The middle stays. The last one is new.')

  await field(one, 'Title').fill('Two left hands')
  await expect.poll(async () => (await textOf(id)).title).toBe('Two left hands')
  await field(other, 'Title').fill('Two right hands')
  const clash = other.getByRole('region', { name: 'The same words were changed twice' })
  await clash.waitFor()
  const text = await clash.textContent()
  expect(text).toContain('Two left hands')
  expect(text).toContain('Two right hands')
  expect((await textOf(id)).title).toBe('Two left hands')
  await field(other, 'Version to keep for Title').fill('Two left and right hands')
  await button(other, 'Save this version').click()
  await expect.poll(async () => (await textOf(id)).title).toBe('Two left and right hands')
})

it('a draft can be discarded and restored; its text stays', async () => {
  const page = await atTheDesk(server.url, OWNER)
  const id = await newReview(page)
  await field(page, 'Title').fill('Not worth it')
  await saved(page)
  await button(page, 'Discard draft').click()
  await button(page, 'Restore').waitFor()
  await page.goto(`${server.url}/editor`)
  await page
    .getByRole('list', { name: 'Discarded' })
    .getByRole('link', { name: 'Not worth it' })
    .click()
  await alive(page)
  await button(page, 'Restore').click()
  await button(page, 'Discard draft').waitFor()
  expect(
    (await owner('/api/desk/reviews')).body.items.find((item: { id: string }) => item.id === id),
  ).toMatchObject({ status: 'draft', title: 'Not worth it' })
  const { body: out } = await owner('/api/reviews', {
    body: { title: 'On its way', movie: { title: 'Ran', year: 1985 }, rating: 4 },
  })
  expect((await owner(`/api/reviews/${out.id}/publish`, { body: {} })).status).toBe(202)
  expect((await owner(`/api/desk/reviews/${out.id}/discard`, { body: {} })).status).toBe(409)
})

it("a critic sees only the pages they may use, and a sentence instead of somebody else's review", async () => {
  const critic = { name: 'Lea Brandt', email: 'lea@example.org', password: 'fourth from the left' }
  expect((await owner('/api/people', { body: critic })).status).toBe(201)
  const {
    body: { id },
  } = await owner('/api/drafts', { body: {} })
  const page = await atTheDesk(server.url, critic)
  expect(
    await page.getByRole('navigation', { name: 'Desk' }).getByRole('link').allInnerTexts(),
  ).toEqual(['Reviews', 'Event map', 'Account'])
  expect((await page.goto(`${server.url}/editor/${id}`))!.status()).toBe(403)
  await page.getByText('This is another critic’s review.').waitFor()
  await page.goto(`${server.url}/editor/people`)
  await alive(page)
  await page.getByLabel('Current password').fill('wrong')
  await page.getByLabel('New password').fill('fifth from the left')
  await button(page, 'Save').click()
  await page.getByText('Is not your password.').waitFor()
  await page.getByLabel('Current password').fill(critic.password)
  await page.getByLabel('New password').fill('fifth from the left')
  await button(page, 'Save').click()
  await page.getByText('Your password is changed.').waitFor()
  expect(await seriousOf(page)).toEqual([])
})

it('keeps what was typed offline through a reload', async () => {
  const page = await atTheDesk(server.url, OWNER)
  const id = await newReview(page)
  await field(page, 'Title').fill('Kept')
  await saved(page)
  await page.route('**/api/reviews/**', route => route.abort())
  await field(page, 'Review').fill('Written in a tunnel.')
  await page.getByText('the server cannot be reached. Kept in this browser').first().waitFor()
  await page.unrouteAll()
  await page.route('**/api/reviews/**', route =>
    route.request().method() === 'PATCH' ? route.abort() : route.continue(),
  )
  await page.reload()
  await expect.poll(() => field(page, 'Review').inputValue()).toBe('Written in a tunnel.')
  await page.unrouteAll()
  await expect
    .poll(async () => (await textOf(id)).body, { timeout: 10_000 })
    .toBe('Written in a tunnel.')
})

it('fixes, corrects with a note, archives with a reason, and restores', async () => {
  const {
    body: { id },
  } = await owner('/api/reviews', {
    body: {
      title: 'Looked after',
      movie: { title: 'Ikiru', year: 1952 },
      rating: 4,
      summary: 'A clerk gets a palyground built.',
      body: 'It has 143 minutes.',
    },
  })
  await owner(`/api/reviews/${id}/publish`, { body: {} })
  const read = async () => (await owner(`/api/reviews/${id}`)).body
  const page = await atTheDesk(server.url, OWNER)
  await page.goto(`${server.url}/editor/${id}`)
  await field(page, 'Summary').fill('A clerk gets a playground built.')
  await page.getByText('This looks like a typo.').waitFor()
  await button(page, 'Fix a typo').click()
  await expect.poll(async () => (await read()).summary).toBe('A clerk gets a playground built.')
  expect((await read()).corrections).toEqual([])

  await field(page, 'Review').fill('It has 142 minutes.')
  await page.getByText('This looks like a correction.').waitFor()
  await button(page, 'Publish a correction').click()
  expect(await page.locator(':focus').getAttribute('id')).toBe('note')
  await field(page, 'Correction note (public)').fill('We said 143 minutes.')
  await button(page, 'Publish a correction').click()
  await expect.poll(async () => (await read()).corrections.length).toBe(1)

  await button(page, 'Archive').click()
  await page.getByText('Give a reason; readers will see it.').waitFor()
  await field(page, 'Reason for archiving').fill('It was about another film.')
  await button(page, 'Archive').click()
  await button(page, 'Restore').click()
  await button(page, 'Archive').waitFor()
  expect((await read()).body).toBe('It has 142 minutes.')
})

it('shows earlier versions word by word, and restores one', async () => {
  const omar = { name: 'Omar Diaz', email: 'omar@example.org', password: 'nine rows back' }
  expect((await owner('/api/people', { body: { ...omar, role: 'editor' } })).status).toBe(201)
  const page = await atTheDesk(server.url, OWNER)
  const id = await newReview(page)
  await field(page, 'Title').fill('Came to be')
  await field(page, 'Review').fill('The clerk has half a year to live.')
  await expect.poll(async () => (await textOf(id)).body).toBe('The clerk has half a year to live.')
  const other = await signIn(server.url, omar)
  await other(`/api/reviews/${id}`, {
    method: 'PATCH',
    body: { body: 'The clerk has six months to live.' },
  })
  await page.reload()
  await expect.poll(() => field(page, 'Review').inputValue()).toContain('six months')
  await alive(page)

  await page.getByText('Earlier versions').click()
  const versions = page.locator('.revisions ol').getByRole('listitem')
  await expect
    .poll(() => versions.allInnerTexts())
    .toEqual([expect.stringMatching(/Omar Diaz$/), expect.stringMatching(/Ines Okafor$/)])
  await versions.nth(1).getByRole('button').click()
  expect((await page.locator('.compared del').allInnerTexts()).join(' ')).toMatch(
    /^half a year\s*$/,
  )
  expect((await page.locator('.compared ins').allInnerTexts()).join(' ')).toMatch(/^six months\s*$/)
  expect(await seriousOf(page)).toEqual([])
  await button(page, 'Restore this version').click()
  expect(await field(page, 'Review').inputValue()).toBe('The clerk has half a year to live.')
  await expect.poll(async () => (await textOf(id)).body).toBe('The clerk has half a year to live.')
  await page.getByText('The text is the same as now.').waitFor()
})

it('keeps what stood there when a version is restored within the minute, and takes that back', async () => {
  const page = await atTheDesk(server.url, OWNER)
  const id = await newReview(page)
  const FIRST = 'The clerk has half a year to live.'
  await field(page, 'Title').fill('A swing')
  await field(page, 'Review').fill(FIRST)
  await expect.poll(async () => (await textOf(id)).body).toBe(FIRST)
  await field(page, 'Review').fill('Pasted over everything.')
  await expect.poll(async () => (await textOf(id)).body).toBe('Pasted over everything.')

  await page.getByText('Earlier versions').click()
  const versions = page.locator('.revisions ol').getByRole('listitem')
  await expect.poll(() => versions.count()).toBeGreaterThan(1)
  await versions.nth(1).getByRole('button').click()
  await field(page, 'Review').press('End')
  await field(page, 'Review').pressSequentially(' Typed just now.')
  await button(page, 'Restore this version').click()
  await expect.poll(async () => (await textOf(id)).body).toBe(FIRST)
  await page.getByText('before an earlier version was restored').first().waitFor()
  await field(page, 'Review').press('Control+z')
  await expect
    .poll(async () => (await textOf(id)).body)
    .toBe('Pasted over everything. Typed just now.')
  await expect.poll(() => field(page, 'Review').inputValue()).toContain('Typed just now.')
})

it('says "sign in" beside the text, in the panel and after a press, and saves once that is done', async () => {
  const page = await atTheDesk(server.url, OWNER)
  const id = await newReview(page)
  await field(page, 'Title').fill('A swing')
  await expect.poll(async () => (await textOf(id)).title).toBe('A swing')
  const cookies = await page.context().cookies()
  await page.context().clearCookies()
  await field(page, 'Review').fill('Written while signed out.')
  await page.getByText('Not saved: you are signed out. Sign in').first().waitFor()
  await button(page, 'Publish').click()
  await page.getByText('Not published. You are signed out. Sign in').first().waitFor()
  await page.locator('.panel .trouble').getByText('Sign in on another tab').first().waitFor()
  expect(await page.getByText('cannot be reached').count()).toBe(0)
  await page.context().addCookies(cookies)
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  await expect.poll(async () => (await textOf(id)).body).toBe('Written while signed out.')
})
