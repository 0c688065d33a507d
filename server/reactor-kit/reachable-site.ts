/**
 * Tells whether a network can fetch a picture from this site: not if we would refuse to call that
 * address ourselves, on whatever port.
 */
import { createOutbound } from '../outbound/client'

/** Why it cannot, as the end of a sentence about the address; undefined if it can. */
export function whyUnreachable(siteUrl: string): string | undefined {
  const site = URL.parse(siteUrl)
  if (!site) return 'is not an address'
  site.port = ''
  return createOutbound({ allow: [] }).check('picture', site.href)
}
