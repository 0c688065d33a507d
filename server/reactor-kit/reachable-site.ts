/** Whether a network can fetch a picture from this site: an address that we would not call ourselves (any port will do) is none that it can. */
import { createOutbound } from '../outbound/client'

/** Why it cannot, as the end of a sentence about the address; undefined where it can. */
export function whyUnreachable(siteUrl: string): string | undefined {
  const site = URL.parse(siteUrl)
  if (!site) return 'is not an address'
  site.port = ''
  return createOutbound({ allow: [] }).check('picture', site.href)
}
