/** What browsers are told to refuse, whatever a page of ours should one day contain. */
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

/** Scripts of this site only; with a nonce also the inline ones that carry it. */
export const contentPolicy = (nonce?: string) =>
  Object.entries({ ...SELF, ...(nonce && { 'script-src': `'self' 'nonce-${nonce}'` }) })
    .map(rule => rule.join(' '))
    .join('; ')

/** For every answer. No word about HTTPS unless the site is published under it. */
export const securityHeaders = (): Record<string, string> => ({
  'content-security-policy': contentPolicy(),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  ...(settings().siteUrl.startsWith('https:') && {
    'strict-transport-security': 'max-age=31536000',
  }),
})

/** What rules a document or a worker. */
export const DOCUMENT_HEADERS = [
  'content-security-policy',
  'x-frame-options',
  'referrer-policy',
  'cross-origin-opener-policy',
  'permissions-policy',
]

/** What a page loads into itself obeys the policy of that page; its own headers would be half a kilobyte of every font, unread. A worker is a world of its own, and keeps them. */
export const isPartOfPage = (path: string, type: unknown) =>
  !WORKERS.test(path) &&
  typeof type === 'string' &&
  /^(?:text\/(?:css|javascript)|font\/)/.test(type)
const WORKERS = /^\/(?:sw|live)\.js(?:\?|$)/

/** Gives the inline scripts of a page's head and foot a nonce, and answers it; undefined when there are none and the plain policy holds. */
export function nonceInlineScripts(
  page: Record<'head' | 'bodyPrepend' | 'bodyAppend', string[]>,
): string | undefined {
  const parts = [page.head, page.bodyPrepend, page.bodyAppend]
  const nonce = randomBytes(16).toString('base64')
  let found = false
  for (const part of parts) {
    part.forEach((html, i) => {
      part[i] = html.replaceAll(ELEMENT, (element, attributes: string | undefined) => {
        // Only the inline ones: with a nonce on the others the page's script would not know them again, and load them twice.
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
 * Whole scripts (their attributes are the group), whole titles and styles, and any other tag. What only looks like a script within an attribute,
 * a title that somebody wrote for instance, is thereby passed over: with a nonce it would be let run.
 */
const ELEMENT =
  /<script((?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?)>[\s\S]*?<\/script>|<(title|style)\b[\s\S]*?<\/\2>|<[a-z!/](?:"[^"]*"|'[^']*'|[^'">])*>/g
