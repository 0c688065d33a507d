/** Watches a page for anything that hostile text might do in a browser. */
import type { Page } from 'playwright'

/**
 * `touched` lists what happened, if anything. Requests to other hosts are recorded and never leave.
 */
export async function tripwire(
  page: Page,
  home: string,
): Promise<{ touched: string[]; look: () => Promise<void> }> {
  const touched: string[] = []
  page.on('dialog', dialog => {
    touched.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on(
    'console',
    message =>
      message.type() === 'error' &&
      touched.push(`console: ${message.text()} ${message.location().url}`.trimEnd()),
  )
  page.on('pageerror', error => touched.push(`error: ${error.message}`))
  page.on('popup', popup => touched.push(`window: ${popup.url()}`))
  page.on('download', download => touched.push(`download: ${download.url()}`))
  page.on(
    'framenavigated',
    frame =>
      !frame.url().startsWith(home) &&
      frame.url() !== 'about:blank' &&
      touched.push(`went to ${frame.url()}`),
  )
  await page.route(
    url => url.origin !== home,
    route => {
      touched.push(`request: ${route.request().url()}`)
      return route.abort()
    },
  )
  return {
    touched,
    look: async () => {
      touched.push(...(await page.evaluate(lookAround)))
    },
  }
}

/** Runs in the page: finds elements that no text may bring in. */
function lookAround(): string[] {
  const seen: string[] = []
  if ('pwned' in window) seen.push('window.pwned is set')
  const main = document.querySelector('main')
  if (!main) return ['there is no page']
  for (const element of [...main.querySelectorAll('*')]) {
    if (
      /^(?:script|iframe|frame|object|embed|base|meta|link|style|form|input|textarea|template|noscript|math|audio|video|source|img|marquee|component|slot|x)$/i.test(
        element.localName,
      ) &&
      element.closest('article')
    )
      seen.push(`<${element.localName}> in the article`)
    if (element.closest('.prose') && element.closest('svg')) seen.push('a drawing in the text')
    for (const { name, value } of [...element.attributes]) {
      if (/^on|^srcdoc$|^formaction$|^style$/.test(name) && element.closest('.prose'))
        seen.push(`${name} on <${element.localName}>`)
      if (name.startsWith('on')) seen.push(`${name} on <${element.localName}>`)
      if (
        /^(?:href|src|action|xlink:href|data)$/.test(name) &&
        !/^(?:https?:\/\/(?!evil)|mailto:|\/(?!\/)|#)/.test(value)
      )
        seen.push(`${name}="${value.slice(0, 60)}"`)
    }
  }
  return seen
}
