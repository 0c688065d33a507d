/** The subscribe pages in a real browser without scripts: everything but push works. */
import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { makeOwner } from '../support/account'
import { browser } from '../support/browser'
import { lettersTo, letterTo, tokenIn } from '../support/letters'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let context: BrowserContext
let page: Page
beforeAll(async () => {
  server = await startServer()
  const owner = await makeOwner(server.url)
  for (const [title, genre, rating] of [
    ['The Third Man', 'Thriller', 5],
    ['Johnny Guitar', 'Western', 4],
    ['M', 'Thriller', 3],
  ] as const)
    await publish(owner, { movie: { title, year: 1949, genres: [genre] }, rating })
})
afterAll(() => server.kill())
beforeEach(async () => {
  await context?.close()
  context = await (await browser()).newContext({ javaScriptEnabled: false })
  page = await context.newPage()
})

const go = (path: string) => page.goto(server.url + path)
const press = (name: string) => page.getByRole('button', { name }).click()
const heading = () => page.getByRole('heading', { level: 1 }).textContent()

async function ask(email: string) {
  await go('/subscribe')
  await page.getByRole('checkbox', { name: 'Thriller' }).check()
  await page.getByRole('radio', { name: 'One email a week' }).check()
  await page.getByRole('textbox', { name: 'Email' }).fill(email)
  await press('Subscribe')
}

it('subscribes, confirms, changes and erases', async () => {
  await ask('ines@example.org')
  expect([await heading(), new URL(page.url()).pathname]).toEqual([
    'Check your email',
    '/subscribe/asked',
  ])
  const letter = await letterTo(server.dataDir, 'ines@example.org')

  await go(`/subscribe/confirm?token=${tokenIn(letter, 'confirm')}`)
  expect(await page.textContent('main')).toContain(
    'each thriller, in one email on Fridays at 18:00',
  )
  await press('Confirm')
  expect(await heading()).toBe('You are subscribed')

  await page.getByRole('link', { name: 'Change what you get' }).click()
  expect(await page.getByRole('checkbox', { name: 'Thriller' }).isChecked()).toBe(true)
  await page.getByRole('radio', { name: 'Each review, as it comes out' }).check()
  await press('Save')
  expect(await page.getByRole('status').textContent()).toContain('Saved.')
  expect(await page.getByRole('radio', { name: 'Each review, as it comes out' }).isChecked()).toBe(
    true,
  )

  await press('Erase everything about me')
  expect(await heading()).toBe('Everything about you is erased')
  expect(await lettersTo(server.dataDir, 'ines@example.org')).toEqual([])
})

it('visiting a link from an email changes nothing', async () => {
  await ask('visit@example.org')
  const token = tokenIn(await letterTo(server.dataDir, 'visit@example.org'), 'confirm')
  for (let i = 0; i < 3; i++) await go(`/subscribe/confirm?token=${token}`)
  expect(await page.getByRole('button', { name: 'Confirm' }).isVisible()).toBe(true)
})

it('shows the problem beside the field, keeps what was typed, and puts none of it into an address', async () => {
  await go('/subscribe')
  await page.getByRole('checkbox', { name: 'Thriller' }).check()
  await page.getByRole('textbox', { name: 'Email' }).fill('ines@localhost') // well-formed for a browser
  await press('Subscribe')
  const field = page.getByRole('textbox', { name: 'Email' })
  expect(await field.inputValue()).toBe('ines@localhost')
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  expect(await page.locator('#email-problem').textContent()).toBe(
    'The address must end in the name of a mail domain.',
  )
  expect(await page.getByRole('checkbox', { name: 'Thriller' }).isChecked()).toBe(true)
  expect(page.url()).toBe(`${server.url}/subscribe`)

  const under = async () =>
    (await page.locator('#email-problem').boundingBox())!.y -
    (await field.boundingBox())!.y -
    (await field.boundingBox())!.height
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await under(), `${width} wide`).toBeGreaterThanOrEqual(0)
    expect(await under(), `${width} wide`).toBeLessThan(16)
  }
})

it('says what needs scripts, and shows no button for it', async () => {
  for (const path of ['/', '/subscribe', '/reviews/on-the-third-man']) {
    await go(path)
    expect(await page.getByText('Notifications need JavaScript').isVisible(), path).toBe(true)
    expect(
      await page.getByRole('button', { name: 'Turn on notifications' }).isVisible(),
      path,
    ).toBe(false)
  }
})

it('shows what the choices would have matched, and keeps the email address out of the address bar', async () => {
  await go('/subscribe')
  await page.getByRole('checkbox', { name: 'Thriller' }).check()
  await page.getByRole('textbox', { name: 'Email' }).fill('ines@example.org')
  await press('Show matching reviews')
  const matched = page.getByRole('region', { name: /You would have received/ })
  expect(await matched.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
    'You would have received two reviews',
    'On M',
    'On The Third Man',
  ])
  expect(await page.getByRole('textbox', { name: 'Email' }).inputValue()).toBe('ines@example.org')
  expect(page.url()).not.toContain('ines')

  await go('/subscribe?show=1&minRating=5')
  expect(
    await page
      .getByRole('region', { name: 'You would have received one review' })
      .getByRole('link')
      .allTextContents(),
  ).toEqual(['On The Third Man'])
})

it.each([
  '/subscribe/confirm?token=forged',
  '/subscribe/confirm',
  '/subscribe/manage?token=forged',
  '/subscribe/unsubscribe',
  '/subscribe/manage',
])('%s leads on', async path => {
  await go(path)
  expect(await page.getByRole('alert').textContent()).toContain('Part of the address is missing')
})

it.each([
  '/subscribe',
  '/subscribe?show=1',
  '/subscribe/asked',
  '/subscribe/confirm?token=forged',
  '/subscribe/unsubscribe?token=x',
  '/subscribe/manage',
])('%s has no serious fault for axe', async path => {
  const scripted = await (await browser()).newContext({ viewport: { width: 390, height: 800 } })
  const tab = await scripted.newPage()
  await tab.goto(server.url + path)
  const { violations } = await new AxeBuilder({ page: tab }).analyze()
  expect(
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, nodes.map(node => node.html)]),
  ).toEqual([])
  expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await scripted.close()
})

it('the mark follows the slider', async () => {
  const scripted = await (await browser()).newContext()
  const tab = await scripted.newPage()
  await tab.goto(`${server.url}/subscribe`)
  await tab.getByRole('slider', { name: 'Only reviews rated at least' }).fill('3.5')
  expect(await tab.locator('[data-least]').textContent()).toContain('3½')
  expect(await tab.locator('[data-least] .mark-light').getAttribute('width')).toBe('32.2')
  await scripted.close()
})
