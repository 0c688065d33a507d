/** Setup and sign-in in a browser, with and without JavaScript. */
import type { BrowserContextOptions, Page } from 'playwright'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { OWNER } from '../support/account'
import { browser } from '../support/browser'
import { alive } from '../support/desk'
import { SETUP_TOKEN, startServer, type TestServer } from '../support/server'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.kill())

/** A fresh browser, and everything that its console complained about. */
async function open(
  options?: BrowserContextOptions,
): Promise<{ page: Page; complaints: string[] }> {
  const context = await (await browser()).newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on(
    'console',
    message =>
      message.type() === 'error' && complaints.push(`${message.text()} ${message.location().url}`),
  )
  page.on('pageerror', error => complaints.push(error.message))
  onTestFinished(() => context.close())
  return { page, complaints }
}

const fill = async (page: Page, fields: Record<string, string>) => {
  for (const [name, text] of Object.entries(fields))
    await page.getByRole('textbox', { name, exact: true }).fill(text)
}

it('shows the problem beside the field, keeps what was typed, and puts the focus there', async () => {
  const { page } = await open()
  await page.goto(`${server.url}/setup?token=${SETUP_TOKEN}`)
  await alive(page)
  await fill(page, { Name: OWNER.name, Email: 'ines', Password: 'short' })
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByText('Must be an email address.').waitFor()
  await page.getByText('Must have at least 8 characters.').waitFor()
  expect(await page.locator(':focus').getAttribute('name')).toBe('email')
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe(OWNER.name)
  expect(
    await page.getByRole('textbox', { name: 'Email' }).getAttribute('aria-describedby'),
  ).toMatch(/problem/)
})

it('says so if the link is wrong', async () => {
  const { page } = await open()
  await page.goto(`${server.url}/setup?token=guessed`)
  expect(await page.getByRole('alert').textContent()).toContain('This link is not valid')
  expect(await page.getByRole('button', { name: 'Create account' }).count()).toBe(0)
})

it('sets up without a console error', async () => {
  const { page, complaints } = await open()
  await page.goto(`${server.url}/setup?token=${SETUP_TOKEN}`)
  await alive(page)
  await fill(page, { Name: OWNER.name, Email: OWNER.email, Password: OWNER.password })
  const before = [...complaints]
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.waitForURL('**/editor')
  expect(before).toEqual([])
})

it('sends a visitor from the desk to sign in, and back to where they wanted to go', async () => {
  const { page, complaints } = await open()
  await page.goto(`${server.url}/editor/parts?tab=dead`)
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await alive(page)
  expect(complaints).toEqual([])

  await fill(page, { Email: OWNER.email, Password: 'not this one' })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Wrong email or password.').waitFor()
  await fill(page, { Password: OWNER.password })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/editor/parts?tab=dead')
})

it('goes to no other site after signing in', async () => {
  const { page } = await open()
  await page.goto(`${server.url}/sign-in?next=${encodeURIComponent('//evil.example/')}`)
  await alive(page)
  await fill(page, { Email: OWNER.email, Password: OWNER.password })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${server.url}/editor`)
})

it('works without JavaScript', async () => {
  const { page } = await open({ javaScriptEnabled: false })
  await page.goto(`${server.url}/sign-in?next=/editor/outbox`)
  await fill(page, { Email: OWNER.email, Password: 'not this one' })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('Wrong email or password.').waitFor()
  expect(await page.getByRole('textbox', { name: 'Email' }).inputValue()).toBe(OWNER.email)
  await fill(page, { Password: OWNER.password })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/editor/outbox')

  await page.goto(`${server.url}/setup?token=${SETUP_TOKEN}`)
  expect(await page.getByRole('button', { name: 'Create account' }).count()).toBe(0)
  expect(await page.getByRole('alert').textContent()).toContain('already has an owner')
})
