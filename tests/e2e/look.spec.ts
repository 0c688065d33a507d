/** The public pages as they are seen: in a contrast theme, on paper, on a phone. */
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browser } from '../support/browser'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let page: Page
beforeAll(async () => {
  server = await startServer({ env: { NUXT_SEED: 'true' } })
  page = await (await (await browser()).newContext()).newPage()
})
afterAll(async () => {
  await page.context().close()
  await server.stop()
})
const REVIEW = '/reviews/everyone-stops-for-the-cat'

describe.each(['light', 'dark'] as const)('in a contrast theme on %s', colorScheme => {
  /** Each colour that a matching shape is drawn in, and the two that the theme has. */
  async function colours(path: string, selector: string, property: string) {
    await page.emulateMedia({ colorScheme, forcedColors: 'active' })
    await page.goto(server.url + path)
    return page.evaluate(
      ([selector, property]) => {
        const probe = document.createElement('p')
        probe.style.cssText = 'color: CanvasText; background: Canvas'
        document.body.append(probe)
        const { color, backgroundColor } = getComputedStyle(probe)
        const shapes = [...document.querySelectorAll(selector!)]
        return {
          text: color,
          ground: backgroundColor,
          found: [
            ...new Set(shapes.map(shape => getComputedStyle(shape).getPropertyValue(property!))),
          ],
        }
      },
      [selector, property],
    )
  }

  it.each([
    ['the light of a rating', '/', '.mark-light', 'fill', 'text'],
    ['the frame of a rating', '/', '.mark-frame', 'fill', 'ground'],
    ['the edge of a frame', '/', '.mark-frame, .card-screen', 'stroke', 'text'],
    ['the ground of a title card', '/', '.card-screen', 'fill', 'ground'],
    ['the words of a title card', '/', '.card-title', 'fill', 'text'],
    ['the mark at the end of a review', REVIEW, '.prose .end', 'background-color', 'text'],
  ] as const)('%s has a colour of the theme', async (_, path, selector, property, of) => {
    const seen = await colours(path, selector, property)
    expect(seen.text).not.toBe(seen.ground)
    expect(seen.found).toEqual([seen[of]])
  })
})

it.each(['dark', 'light'])('the theme "%s" is printed in ink on paper', async theme => {
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'none', media: 'screen' })
  await page.goto(server.url + REVIEW)
  await page.evaluate(chosen => (localStorage.theme = chosen), theme)
  await page.reload()
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' })
  expect(
    await page
      .locator('.prose p, h1, .standfirst')
      .evaluateAll(all => [...new Set(all.map(element => getComputedStyle(element).color))]),
  ).toEqual(['rgb(21, 22, 26)', 'rgb(70, 72, 78)'])
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => localStorage.clear())
})

it.each([
  ['dark', 'light', '#121316'],
  ['light', 'dark', '#f3f4f2'],
])(
  'chosen theme %s, system %s: the bars of the browser are %s',
  async (theme, colorScheme, colour) => {
    await page.emulateMedia({ colorScheme: colorScheme as 'light' })
    await page.goto(server.url)
    await page.evaluate(chosen => (localStorage.theme = chosen), theme)
    await page.reload()
    expect(
      await page
        .locator('meta[name=theme-color]')
        .evaluateAll(all =>
          (all as HTMLMetaElement[])
            .filter(({ media }) => matchMedia(media).matches)
            .map(({ content }) => content),
        ),
    ).toEqual([colour])
    await page.evaluate(() => localStorage.clear())
  },
)

it.each(['/', REVIEW, '/movies', '/critics', '/subscribe', '/search', '/about'])(
  'nothing moves on a phone when the typefaces of %s arrive late',
  async path => {
    const context = await (await browser()).newContext({ viewport: { width: 390, height: 844 } })
    const phone = await context.newPage()
    const painted = Promise.withResolvers<undefined>()
    await phone.route('**/*.woff2', async route => {
      await painted.promise
      await route.continue()
    })
    await phone.addInitScript(() => {
      const shifts: number[] = []
      new PerformanceObserver(list => {
        for (const entry of list.getEntries())
          shifts.push((entry as PerformanceEntry & { value: number }).value)
      }).observe({ type: 'layout-shift', buffered: true })
      Object.assign(window, { shifts })
    })
    await phone.goto(server.url + path, { waitUntil: 'domcontentloaded' })
    const frames = () =>
      phone.evaluate(
        () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
      )
    await frames()
    painted.resolve(undefined)
    await phone.evaluate(() => document.fonts.ready)
    await frames()
    const shifts = await phone.evaluate(() => (window as unknown as { shifts: number[] }).shifts)
    const faces = await phone.evaluate(
      () => [...document.fonts].filter(({ status }) => status === 'loaded').length,
    )
    await context.close()
    expect(faces).toBeGreaterThanOrEqual(2)
    expect(shifts.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(0.02)
  },
)
