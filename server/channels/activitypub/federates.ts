/** Whether this site can be followed from the fediverse. */
import { type Settings, settings } from '../../config/settings'
import { problem } from '../../http/problem'
import { createOutbound } from '../../outbound/client'

/** With `auto`, only if other servers can reach the site: its address is https, public, on port 443. */
export function federates(
  { fediverse, siteUrl }: Pick<Settings, 'fediverse' | 'siteUrl'> = settings(),
): boolean {
  if (fediverse !== 'auto') return fediverse === 'true'
  return createOutbound({ allow: [] }).check('fediverse', siteUrl) === undefined
}

/** 404 where the site cannot be followed. */
export function requireFederation(): void {
  if (!federates()) problem(404, 'Not found', 'This site is not part of the fediverse.')
}
