/** Which addresses a review may link to: the web, a mailbox, or a page of this site. */

const MOST_CHARACTERS = 2_000
/** Browsers drop some of these and read others as a slash, and some turn the text around. (Persian and Indian words need U+200C and U+200D.) */
// eslint-disable-next-line no-control-regex
const TRICKS = /[\u0000-\u001F\u007F-\u009F\\\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/
/** Copied along with an address from a text that runs from right to left, or from a table. */
const AROUND = /^[\u200B-\u200F\u2060\uFEFF]+|[\u200B-\u200F\u2060\uFEFF]+$/g
const MAILBOX = /^[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*$/
/** No hidden recipients, no attachments, no other headers. */
const MAIL_FIELDS = ['to', 'cc', 'subject', 'body']
/** Fields that hold mailboxes, which the reader sees before anything is sent. */
const RECIPIENTS = ['to', 'cc']

/** The address as a browser will read it (normalised, ASCII), or undefined if a review may not link to it. */
export function safeHref(typed: string): string | undefined {
  const address = typed
    .replace(AROUND, '')
    .replace(/^www\.(?=[^.])/i, 'http://$&')
    .replace(/(?<=[?#].*)\\/g, '%5C')
  if (!address || address.length > MOST_CHARACTERS || TRICKS.test(address)) return undefined
  if (/^\s/.test(address)) return undefined
  if (/^\/(?!\/)/.test(address)) return pathOf(address)
  if (/^mailto:/i.test(address)) return mailboxOf(address)
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

/** `mailto:a@b.example?cc=c@d.example&subject=Hello` (RFC 6068); a line break may only be in the body. */
function mailboxOf(address: string): string | undefined {
  const [mailto = '', query] = address.split(/\?(.*)/s)
  if (!areMailboxes(mailto.replace(/^mailto:/i, ''))) return undefined
  if (!query) return mailto
  const fields = query.split('#')[0]!.replaceAll('&amp;', '&').split('&')
  const named = fields.map(field => field.split(/=(.*)/s) as [string, string?])
  return named.every(([name, value = '']) => mayMailHave(name.toLowerCase(), value))
    ? `${mailto}?${named.map(([name, value = '']) => `${name}=${encoded(value)}`).join('&')}`
    : undefined
}

function mayMailHave(name: string, value: string): boolean {
  if (!MAIL_FIELDS.includes(name)) return false
  if (RECIPIENTS.includes(name))
    return areMailboxes(value.replaceAll(/%40/g, '@').replaceAll(/%2c/gi, ','))
  return name === 'body' || !/%0[ad]/i.test(value)
}

const areMailboxes = (list: string) =>
  list.split(',').every(mailbox => MAILBOX.test(mailbox.trim()) && !/%0[ad]/i.test(mailbox))

/** What is encoded already stays. */
const encoded = (value: string) =>
  encodeURI(value.toWellFormed()).replaceAll(/%25(?=[\da-f]{2})/gi, '%')
