/** When the largest thing of a page is painted, as the browser reports it (LCP), with an empty cache and the processor slowed four times. */
import { type Browser, chromium } from 'playwright'
import { installedChromium } from '../../bin/chromium.mjs'
import { quantile, type Row, within } from '../row'

const VISITS = 7
const SLOWER = 4
const MOST_MS = 1000

/** The front page and its newest review: the median of seven visits each. */
export async function largestPaint(url: string): Promise<Row[]> {
  const browser = await chromium.launch({
    executablePath: installedChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    const {
      items: [review],
    } = (await (await fetch(`${url}/api/reviews?limit=1`)).json()) as { items: { slug: string }[] }
    const rows: Row[] = []
    for (const [name, path] of [
      ['/', '/'],
      ['a review', `/reviews/${review!.slug}`],
    ]) {
      const samples: number[] = []
      while (samples.length < VISITS) samples.push(await visit(browser, url + path))
      rows.push(
        within(MOST_MS, {
          name: `largest paint of ${name}, ${SLOWER} × slower`,
          value: quantile(samples, 0.5),
          unit: 'ms',
        }),
      )
    }
    return rows
  } finally {
    await browser.close()
  }
}

async function visit(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.goto(url, { waitUntil: 'load' })
  const ms = await page.evaluate(async () => {
    await document.fonts.ready // text in its final font may be a later, larger paint
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
    return new Promise<number>(resolve => {
      new PerformanceObserver(list => resolve(list.getEntries().at(-1)!.startTime)).observe({
        type: 'largest-contentful-paint',
        buffered: true,
      })
    })
  })
  await context.close()
  return ms
}
