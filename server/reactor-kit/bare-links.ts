/** Finds the addresses that X turns into links: with http(s), or a bare name with a known ending. */
import { domainToASCII } from 'node:url'
import endings from 'tlds'
import { RETIRED } from './retired-endings'

/** `index` is in UTF-16 units. */
export interface Link {
  url: string
  index: number
}

/**
 * As twitter-text 3.1 finds them (https://github.com/twitter/twitter-text, extractUrlsWithIndices),
 * with the endings that exist today.
 */
export function linksIn(text: string): Link[] {
  const links: Link[] = []
  for (const found of text.matchAll(LINK)) {
    const { before, url, protocol, domain, path } = found.groups as unknown as Parts
    const index = found.index + before.length
    if (!isDomain(domain)) continue
    if (!protocol)
      links.push(...(/[-_./]$/.test(before) ? [] : bareLinks({ url, domain, path }, index)))
    else if (!LONG_CODE.test(url)) links.push({ url: SHORTENED.exec(url)?.[0] ?? url, index })
  }
  return links
}

interface Parts {
  before: string
  url: string
  protocol?: string
  domain: string
  path?: string
}

/** Without http(s), only the Latin parts of a name are links: text in other scripts touches them. */
function bareLinks({ url, domain, path }: Pick<Parts, 'url' | 'domain' | 'path'>, index: number) {
  const links = [...domain.matchAll(LATIN_DOMAIN)].map(found => ({
    url: found[0],
    index: index + found.index,
  }))
  const last = links.at(-1)
  if (last && path) last.url += url.slice(domain.length)
  return links
}

/**
 * Each label has at most 63 octets as DNS carries it (RFC 1035, 2.3.4). X takes labels that DNS
 * would not, such as emoji joined by zero-width joiners; those are counted as they are.
 */
const isDomain = (domain: string) =>
  domain.split('.').every(label => (domainToASCII(label) || label).length <= 63)

const BIDI = String.raw`\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069`
const NEVER = String.raw`\uFEFF\uFFFE\uFFFF`
const PUNCTUATION = String.raw`!'#%&\(\)*+,\\\-./:;<=>?@\[\]^_\{\|\}~$`
const SPACES = String.raw`\x09-\x0D\x20\x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000`
const LATIN = String.raw`\xC0-\xD6\xD8-\xF6\xF8-\xFF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF`
const CYRILLIC = String.raw`\u0400-\u04FF`

const ALL_ENDINGS = [...endings, ...RETIRED].sort((a, b) => b.length - a.length).join('|')
const ENDING = String.raw`(?:(?:${ALL_ENDINGS})(?=[^0-9a-zA-Z@+\-]|$)|xn--[\-0-9a-z]+)`
const LETTER = String.raw`[^${PUNCTUATION}${SPACES}${NEVER}${BIDI}]`
const SUBDOMAIN = String.raw`(?:(?:${LETTER}(?:[_\-]|${LETTER})*)?${LETTER}\.)`
const NAME = String.raw`(?:(?:${LETTER}(?:-|${LETTER})*)?${LETTER}\.)`

const IN_PATH = String.raw`[a-z${CYRILLIC}0-9!*';:=+,.$/%#\[\]\-\u2013_~@\|&${LATIN}]`
const PARENTHESES = String.raw`\((?:${IN_PATH}+|(?:${IN_PATH}*\(${IN_PATH}+\)${IN_PATH}*))\)`
const ENDS_PATH = String.raw`(?:[+\-a-z${CYRILLIC}0-9=_#/${LATIN}]|${PARENTHESES})`
const PATH = String.raw`(?:${IN_PATH}*(?:${PARENTHESES}${IN_PATH}*)*${ENDS_PATH}|@${IN_PATH}+/)`
const QUERY = String.raw`\?[\w!?*'@();:&=+$/%#[\]\-.,~|]*[\w\-&=#/]`

const LINK = new RegExp(
  String.raw`(?<before>[^A-Za-z0-9@＠$#＃${NEVER}]|[${BIDI}]|^)(?<url>(?<protocol>https?://)?(?<domain>${SUBDOMAIN}*${NAME}${ENDING})(?::\d+)?(?<path>/${PATH}*)?(?:${QUERY})?)`,
  'gi',
)
const LATIN_DOMAIN = new RegExp(String.raw`(?:[\-a-z0-9${LATIN}]+\.)+${ENDING}`, 'gi')
/** X's own short links end with their code, which has at most 40 characters. */
const SHORTENED = new RegExp(String.raw`^https?://t\.co/[a-z0-9]+(?:${QUERY})?`, 'i')
const LONG_CODE = /^https?:\/\/t\.co\/[a-z0-9]{41}/i
