/**
 * Which scripts in a page are trusted: those that our own code put there, never text that only
 * looks like one.
 */
import { describe, expect, it } from 'vitest'
import { nonceInlineScripts } from '../../server/http/security-headers'

const pageOf = (head: string, bodyAppend = '') => ({
  head: [head],
  bodyPrepend: [''],
  bodyAppend: [bodyAppend],
})

describe('a nonce', () => {
  it('is given to inline scripts, and to nothing else', () => {
    const head =
      '<meta charset="utf-8"><title>x</title><script src="/theme.js"></script><script type="application/ld+json">{"a":"\\u003cscript>"}</script><script>a = 1 < 2 && "<script>"</script>'
    const page = pageOf(
      head,
      '<script type="module" src="/_nuxt/x.js" crossorigin></script><script data-x="1">window.__NUXT__={}</script><script type="application/json" id="d">[]</script>',
    )
    const nonce = nonceInlineScripts(page)!
    expect(page.head[0]).toBe(head.replace('<script>a', `<script nonce="${nonce}">a`))
    expect(page.bodyAppend[0]).toBe(
      `<script type="module" src="/_nuxt/x.js" crossorigin></script><script nonce="${nonce}" data-x="1">window.__NUXT__={}</script><script type="application/json" id="d">[]</script>`,
    )
  })

  it.each([
    '<meta name="description" content="<script>window.pwned=1</script>">',
    '<meta name="description" content="x"><meta property="og:title" content="&quot;<script>window.pwned=1</script>">',
    '<link rel="alternate" title=\'"<script>window.pwned=1</script>\' href="/feed.xml">',
    '<title>&lt;script>window.pwned=1&lt;/script><script>window.pwned=1</script></title>',
    '<script type="application/ld+json">{"name":"<script>window.pwned=1"}</script>',
  ])('is not given to %s', head => {
    const page = pageOf(head)
    expect(nonceInlineScripts(page)).toBeUndefined()
    expect(page.head[0]).toBe(head)
  })
})
