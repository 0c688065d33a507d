/**
 * Checks that a write by cookie comes from one of our pages, because a browser sends the cookie
 * with every request, wanted or not.
 */
import { getRequestHeader, type H3Event } from 'h3'
import { settings } from '../config/settings'
import { Problem } from './problem'

/**
 * 403 unless Origin or Sec-Fetch-Site (both, if both are sent) say that the request comes from a
 * page of this site.
 */
export function requireSameOrigin(event: H3Event): void {
  const verdicts = judge(event)
  if (!verdicts.length || verdicts.includes(false))
    throw new Problem(
      403,
      'The request is not from this site',
      'A write with a cookie needs a same-origin Origin or Sec-Fetch-Site header. Scripts use an API token.',
    )
}

/**
 * 403 when the browser says that the request comes from another site's page; for calls that carry
 * no cookie yet.
 */
export function refuseForeignPage(event: H3Event): void {
  if (judge(event).includes(false))
    throw new Problem(
      403,
      'The request is not from this site',
      'This form can only be sent from a page of this site.',
    )
}

function judge(event: H3Event): boolean[] {
  const site = getRequestHeader(event, 'sec-fetch-site')
  const origin = getRequestHeader(event, 'origin')
  return [
    ...(site ? [site === 'same-origin'] : []),
    ...(origin ? [isOurs(origin, getRequestHeader(event, 'host'))] : []),
  ]
}

/** Ours is the host that was asked, or the published address when a proxy is in between. */
function isOurs(origin: string, host: string | undefined): boolean {
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  return from.host === host || from.origin === new URL(settings().siteUrl).origin
}
