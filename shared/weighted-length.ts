/** The length of a text as X counts it: most letters count one, ideographs and emoji two, a link 23 whatever its length. Pure. */

/** twitter-text's config v3 (https://docs.x.com/fundamentals/counting-characters): code points in these ranges weigh 1, all others 2. */
const LIGHT = [
  [0x0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const
const LINK = 23
const HEAVY = 2

/** However many code points it consists of. */
const EMOJI = /\p{RGI_Emoji}/gv

/** What X turns into a link: an http address with a public name, or a bare name with a common ending. The full list of endings changes weekly; these are what people type. */
const ENDINGS =
  'com|org|net|info|biz|edu|gov|mil|int|app|blog|cinema|club|dev|film|live|media|movie|news|online|page|press|shop|show|site|store|theater|theatre|tv|co|watch|website|xyz'
const NAME = String.raw`(?:[\p{L}\p{N}](?:[\p{L}\p{N}_-]*[\p{L}\p{N}])?\.)+`
const REST = String.raw`(?::\d+)?(?:[/?#](?:[^\s<>"]*[^\s<>"'.,;:!?)\]}…])?)?`
const LINKS = new RegExp(
  String.raw`(?<![@#$\p{L}\p{N}_./-])(?:https?://${NAME}\p{L}{2,}${REST}|${NAME}(?:${ENDINGS})(?![\p{L}\p{N}_@-])${REST})`,
  'giu',
)

/** The links that X would find in a text, as written. */
export const linksIn = (text: string): string[] => text.match(LINKS) ?? []

/** X composes the text first (NFC), so that an accent costs nothing. */
export function weightedLength(text: string): number {
  const links = linksIn(text).length
  const rest = text.replace(LINKS, '').normalize('NFC')
  const emoji = rest.match(EMOJI)?.length ?? 0
  return [...rest.replace(EMOJI, '')].reduce(
    (sum, letter) => sum + weightOf(letter.codePointAt(0)!),
    links * LINK + emoji * HEAVY,
  )
}

const weightOf = (code: number) =>
  LIGHT.some(([from, to]) => code >= from && code <= to) ? 1 : HEAVY
