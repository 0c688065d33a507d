/** A cookie travels with every request of a browser, wanted or not; a write by cookie must come from a page of ours. */
import { getRequestHeader, type H3Event } from 'h3'
import { settings } from '../config/settings'
import { Problem } from './problem'

/** 403 unless Origin or Sec-Fetch-Site, and both where both are sent, say that a page of this site asks. */
export function requireSameOrigin(event: H3Event): void {
  const verdicts = judge(event)
  if (!verdicts.length || verdicts.includes(false))
    throw new Problem(
      403,
      'The request is not from this site',
      'A write with a cookie needs a same-origin Origin or Sec-Fetch-Site header. Scripts use an API token.',
    )
}

/** 403 when a browser says that another site's page asks; for calls that bring no cookie yet. */
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

/** The address it was asked at, or the one it is published under when a proxy stands between. */
function isOurs(origin: string, host: string | undefined): boolean {
  if (!URL.canParse(origin)) return false
  const from = new URL(origin)
  return from.host === host || from.origin === new URL(settings().siteUrl).origin
}
