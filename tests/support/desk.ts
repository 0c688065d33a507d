/** The desk as people use it, each with their own browser. */
import type { BrowserContextOptions, Page } from 'playwright'
import { onTestFinished } from 'vitest'
import type { OWNER } from './account'
import { browser } from './browser'

export async function freshPage(options?: BrowserContextOptions): Promise<Page> {
  const context = await (await browser()).newContext(options)
  onTestFinished(() => context.close())
  return context.newPage()
}

/** Waits until the page's own script has taken over. */
export const alive = (page: Page) =>
  page.waitForFunction(() => '__vue_app__' in document.querySelector('#__nuxt')!)

export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** A signed-in browser at the desk. */
export async function atTheDesk(
  url: string,
  { email, password }: Pick<typeof OWNER, 'email' | 'password'>,
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await freshPage(options)
  await page.goto(`${url}/sign-in`)
  await alive(page)
  await field(page, 'Email').fill(email)
  await field(page, 'Password').fill(password)
  await button(page, 'Sign in').click()
  await page.waitForURL('**/editor')
  return page
}

/** Returns the new draft's id. */
export async function newReview(page: Page): Promise<string> {
  await button(page, 'New review').click()
  await field(page, 'Title').waitFor()
  return page.url().split('/').at(-1)!
}

export const saved = (page: Page) => page.getByText(/Saved \d\d:\d\d:\d\d/).waitFor()
