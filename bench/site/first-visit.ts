/** What a first visit of the front page weighs on the wire, in a real browser with an empty cache. */
import { chromium } from 'playwright'
import { installedChromium } from '../../bin/chromium.mjs'
import type { Row } from '../row'

const KINDS = { Document: 'html', Stylesheet: 'css', Script: 'js', Font: 'fonts' } as const

export async function firstVisit(url: string): Promise<Row[]> {
  const browser = await chromium.launch({ executablePath: installedChromium(), args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage(), wire = await page.context().newCDPSession(page)
    const kinds = new Map<string, string>(), bytes = { html: 0, css: 0, js: 0, fonts: 0 }
    wire.on('Network.responseReceived', ({ requestId, type }) => { kinds.set(requestId, type) })
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = KINDS[kinds.get(requestId) as keyof typeof KINDS]
      if (kind) bytes[kind] += encodedDataLength
    })
    await wire.send('Network.enable')
    await page.goto(url, { waitUntil: 'load' })
    await page.evaluate(async () => { await document.fonts.ready })
    const rows = Object.entries(bytes).map(([kind, size]) => ({ name: `first visit of /, ${kind}`, value: size / 1000, unit: 'kB' }))
    return [...rows, { name: 'first visit of /, together', value: rows.reduce((sum, row) => sum + row.value, 0), unit: 'kB' }]
  } finally {
    await browser.close()
  }
}
