/** Security headers: what browsers must refuse, whatever one of our pages may one day contain. */
import { randomBytes } from 'node:crypto'
import { settings } from '../config/settings'

const SELF = {
  'default-src': `'self'`,
  'script-src': `'self'`,
  'style-src': `'self' 'unsafe-inline'`,
  'img-src': `'self' data: blob:`,
  'object-src': `'none'`,
  'base-uri': `'none'`,
  'form-action': `'self'`,
  'frame-ancestors': `'none'`,
}

/** Allows scripts of this site only; with a nonce, also the inline ones that carry it. */
export const contentPolicy = (nonce?: string) =>
  Object.entries({ ...SELF, ...(nonce && { 'script-src': `'self' 'nonce-${nonce}'` }) })
    .map(rule => rule.join(' '))
    .join('; ')

/** For every answer. HTTPS is only demanded if the site is published under it. */
export const securityHeaders = (): Record<string, string> => ({
  'content-security-policy': contentPolicy(),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  ...(settings().siteUrl.startsWith('https:') && {
    'strict-transport-security': `max-age=31536000${settings().hstsSubdomains ? '; includeSubDomains' : ''}`,
  }),
})

/** Headers that only matter for a document or a worker. */
export const DOCUMENT_HEADERS = [
  'content-security-policy',
  'x-frame-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'permissions-policy',
]

/**
 * Styles, scripts and fonts obey the policy of the page that loads them; headers of their own would
 * be half a kilobyte per font that nobody reads. A worker has its own policy, and keeps them.
 */
export const isPartOfPage = (path: string, type: unknown) =>
  !WORKERS.test(path) &&
  typeof type === 'string' &&
  /^(?:text\/(?:css|javascript)|font\/)/.test(type)
const WORKERS = /^\/(?:sw|live)\.js(?:\?|$)/

/**
 * Gives the inline scripts in a page's head and foot a nonce, and returns it; undefined when there
 * are none and the plain policy is enough.
 */
export function nonceInlineScripts(
  page: Record<'head' | 'bodyPrepend' | 'bodyAppend', string[]>,
): string | undefined {
  const parts = [page.head, page.bodyPrepend, page.bodyAppend]
  const nonce = randomBytes(16).toString('base64')
  let found = false
  for (const part of parts) {
    part.forEach((html, i) => {
      part[i] = html.replaceAll(ELEMENT, (element, attributes: string | undefined) => {
        // Only the inline ones: with a nonce on the others, the page's script would not recognise
        // them and would load them twice.
        if (
          attributes === undefined ||
          /\ssrc=|\stype="application\/(?:ld\+)?json"/.test(attributes)
        )
          return element
        found = true
        return `<script nonce="${nonce}"${element.slice('<script'.length)}`
      })
    })
  }
  return found ? nonce : undefined
}

/**
 * Matches whole scripts (the group is their attributes), whole titles and styles, and any other tag. So
 * text that only looks like a script, in an attribute or a title, is skipped: with a nonce it would run.
 */
const ELEMENT =
  /<script((?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?)>[\s\S]*?<\/script>|<(title|style)\b[\s\S]*?<\/\2>|<[a-z!/](?:"[^"]*"|'[^']*'|[^'">])*>/g
