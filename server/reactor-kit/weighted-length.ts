/** Measures a text as X does: most letters count one, ideographs and emoji two, a link 23 whatever its length. */
import { linksIn } from './bare-links'

/**
 * twitter-text's config v3 (https://docs.x.com/fundamentals/counting-characters): code points in
 * these ranges weigh 1, all others 2.
 */
const LIGHT = [
  [0x0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const
const LINK = 23
const HEAVY = 2

/**
 * However many code points it consists of. X also takes a keycap without its variation selector for
 * an emoji. Its own list of emoji ends with Emoji 11; ours is that of the running Node.
 */
const EMOJI = /\p{RGI_Emoji}|[#*\d]\u20E3/gv

/** X composes the text first (NFC), so that an accent costs nothing. */
export function weightedLength(text: string): number {
  const composed = text.normalize('NFC')
  const links = linksIn(composed)
  let rest = ''
  let end = 0
  for (const { url, index } of links) {
    rest += composed.slice(end, index)
    end = index + url.length
  }
  rest += composed.slice(end)
  const emoji = rest.match(EMOJI)?.length ?? 0
  return [...rest.replace(EMOJI, '')].reduce(
    (sum, letter) => sum + weightOf(letter.codePointAt(0)!),
    links.length * LINK + emoji * HEAVY,
  )
}

const weightOf = (code: number) =>
  LIGHT.some(([from, to]) => code >= from && code <= to) ? 1 : HEAVY
