/**
 * Reads the HTML of a stranger's reply into the tree that pages draw: paragraphs of text, line breaks and
 * safe links. Markup that is not understood is left out, its text stays text; nothing of it is ever HTML again.
 */
import { safeHref } from '../../../../shared/markdown/safe-href'
import type { Block, Inline } from '../../../../shared/markdown/tree'

const MOST_CHARACTERS = 20_000
const MOST_PIECES = 500

/** Elements whose content is no text. */
const NO_TEXT =
  /<(script|style|template|svg|math|head|title|iframe|object)\b[\s\S]*?(?:<\/\1\s*>|$)/gi
const COMMENT = /<!--[\s\S]*?(?:-->|$)|<![^<>]*>/g
const TAG = /<(?<end>\/?)(?<name>[a-z][a-z0-9]*)\b(?<attributes>[^<>]*)>/gi
const BLOCKS = new Set(
  'p div blockquote ul ol li h1 h2 h3 h4 h5 h6 pre table tr section article'.split(' '),
)
const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/i

/** Empty when it says nothing. */
export function htmlToTree(html: string): Block[] {
  const text = html
    .slice(0, MOST_CHARACTERS)
    .toWellFormed()
    .replace(COMMENT, '')
    .replace(NO_TEXT, '')
  const blocks: Inline[][] = [[]]
  let link: Extract<Inline, { t: 'link' }> | undefined
  let pieces = 0
  let at = 0
  const here = () => link?.c ?? blocks.at(-1)!
  const say = (raw: string) => {
    const v = decoded(raw)
    if (v && pieces++ < MOST_PIECES) here().push({ t: 'text', v })
  }
  for (const { index, 0: tag, groups } of text.matchAll(TAG)) {
    say(text.slice(at, index))
    at = index + tag.length
    const name = groups!.name!.toLowerCase()
    const isEnd = groups!.end === '/'
    if (name === 'br') here().push({ t: 'br' })
    else if (BLOCKS.has(name)) {
      link = undefined
      if (blocks.at(-1)!.length) blocks.push([])
    } else if (name === 'a') {
      const href = isEnd ? undefined : safeHref(hrefIn(groups!.attributes!))
      link = href ? { t: 'link', href, c: [] } : undefined
      if (link) blocks.at(-1)!.push(link)
    }
  }
  say(text.slice(at))
  return blocks.filter(isSaying).map(c => ({ t: 'p', c }))
}

const isSaying = (inlines: Inline[]): boolean =>
  inlines.some(inline =>
    inline.t === 'text' ? inline.v.trim() : inline.t === 'link' && isSaying(inline.c),
  )

/** Only addresses of the web: a path would lead into our own site. */
function hrefIn(attributes: string): string {
  const [, double, single] = HREF.exec(` ${attributes}`) ?? []
  const href = decoded(double ?? single ?? '')
  return /^https?:/i.test(href) ? href : ''
}

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
}

/** Text as it reads, without control characters and those that turn the text around. */
const decoded = (raw: string) =>
  raw
    .replaceAll(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,8}));/gi, (entity, hex, decimal, name) => {
      if (name) return NAMED[name.toLowerCase()] ?? entity
      const point = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
        ? String.fromCodePoint(point)
        : ''
    })
    .replaceAll(/[\n\t\r]+/g, ' ')
    .replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
