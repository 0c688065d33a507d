/** The session's cookie, for better-auth, which sets it, and for us, who read it. */
import { settings } from '../config/settings'

const isSecure = (siteUrl: string) => siteUrl.startsWith('https:')

/**
 * With https the prefix `__Host-`: browsers take such a cookie only from this very host, so that no
 * other site of the same domain can plant one.
 */
export const sessionCookieName = (siteUrl = settings().siteUrl) =>
  `${isSecure(siteUrl) ? '__Host-' : ''}mm.session_token`

export const sessionCookieAttributes = (siteUrl = settings().siteUrl) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(siteUrl) }) as const
