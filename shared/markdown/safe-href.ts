/** Which addresses a review may link to: the web, a mailbox, or a page of this site. */

const MOST_CHARACTERS = 2_000
/** Browsers drop some of these and read others as a slash, so the address opened would not be the one checked. */
// eslint-disable-next-line no-control-regex
const TRICKS = /[\u0000-\u0020\u007F-\u009F\\\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/
const MAILBOX = /^mailto:[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*$/i

/** The address as a browser will read it (normalised, ASCII), or undefined if a review may not link to it. */
export function safeHref(address: string): string | undefined {
  if (!address || address.length > MOST_CHARACTERS || TRICKS.test(address)) return undefined
  if (/^\/(?!\/)/.test(address)) return pathOf(address)
  if (MAILBOX.test(address)) return /%0[ad]/i.test(address) ? undefined : address
  if (!/^https?:\/\/[^/]/i.test(address)) return undefined
  const url = URL.parse(address)
  return url && /^https?:$/.test(url.protocol) && url.hostname && !url.username && !url.password
    ? url.href
    : undefined
}

function pathOf(address: string): string | undefined {
  const url = URL.parse(address, 'https://here.invalid')
  const path =
    url?.origin === 'https://here.invalid' ? url.pathname + url.search + url.hash : undefined
  return path?.startsWith('//') ? undefined : path // "/.//other.example" would leave the site
}
