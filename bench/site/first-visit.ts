/** What a first visit of the front page weighs on the wire: every byte that the server sends to a browser with an empty cache, including headers but not the live events. */
import { chromium } from 'playwright'
import { installedChromium } from '../../bin/chromium.mjs'
import { type Row, within } from '../row'
import { scales } from './scales'

/** The first that matches. */
const KINDS = {
  html: /^\/$/,
  css: /\.css$/,
  js: /\.js$/,
  fonts: /\.woff2$/,
  others: /^(?!\/live\?)/,
}
/** In kB. */
const MOST: Partial<Record<string, number>> = { js: 5, fonts: 62, together: 85 }

export async function firstVisit(port: number): Promise<Row[]> {
  const between = await scales(port)
  const browser = await chromium.launch({
    executablePath: installedChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const page = await browser.newPage()
    await page.goto(between.url)
    await page.locator('.live', { hasText: 'Live.' }).waitFor() // the worker has its script too
    await page.evaluate(async () => {
      await document.fonts.ready
    })
    const kilobytes: Record<string, number> = {
      html: 0,
      css: 0,
      js: 0,
      fonts: 0,
      others: 0,
      together: 0,
    }
    for (const [path, bytes] of between.weighed) {
      const kind = Object.entries(KINDS).find(([, pattern]) => pattern.test(path))?.[0]
      for (const sum of kind ? [kind, 'together'] : []) kilobytes[sum]! += bytes / 1000
    }
    return Object.entries(kilobytes).map(([kind, value]) => {
      const row = { name: `first visit of /, ${kind}`, value, unit: 'kB' }
      return MOST[kind] ? within(MOST[kind], row) : row
    })
  } finally {
    await browser.close()
    between.close()
  }
}
