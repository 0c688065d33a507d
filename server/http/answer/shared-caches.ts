/** What caches in front of this server (a CDN) may keep, and the tags by which they can be purged. */

/** Seconds. What is withdrawn must be gone everywhere within half a minute, also where nobody purges. */
const KEEP = 10
const STALE = 20
/** Proxies often allow 4 kB for all headers of an answer. */
const MOST_CHARACTERS = 800

/**
 * Browsers ask each time, a shared cache keeps the answer for ten seconds (RFC 9111, 5.2.2.10). A CDN
 * that reads its own header (RFC 9213) may also answer with it while it asks (RFC 5861). The first
 * tag is for all answers of a kind; the others are left out where they are too many. Names in other
 * scripts are percent-encoded.
 */
export function forSharedCaches([kind, ...others]: [string, ...string[]]): Record<string, string> {
  const all = [kind, ...new Set(others)].map(encodeURIComponent)
  const tags = all.join(',').length > MOST_CHARACTERS ? all.slice(0, 1) : all
  return {
    'cache-control': `public, max-age=0, s-maxage=${KEEP}, must-revalidate`,
    'cdn-cache-control': `public, max-age=${KEEP}, stale-while-revalidate=${STALE}`,
    'cache-tag': tags.join(','),
    'surrogate-key': tags.join(' '),
  }
}
