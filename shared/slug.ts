/** Turns words into part of an address: lower case, without accents, hyphenated, in their own script. */
import { foldText } from './fold-text'

const LONGEST = 80
/** A letter beyond ASCII is up to nine characters in an address; longer ones break in mails. */
const LONGEST_ENCODED = 240

/** `Kış Uykusu` → `kis-uykusu`, `Сталкер` → `сталкер`. Never empty: a title without letters (`!!!`) gets a short hash, always the same one. */
export function slugOf(title: string): string {
  const words = slugWords(title)
  return words.length > LONGEST || encodeURIComponent(words).length > LONGEST_ENCODED
    ? cut(words)
    : words
}

/** The same in full length, for what must not become equal by being cut. */
export const slugWords = (text: string): string =>
  foldText(text).replaceAll("'", '').match(WORDS)?.join('-') ?? shortName(text)

const WORDS = /[\p{L}\p{M}\p{N}]+/gu

/** Ends with a whole word where one ends late enough, else with a whole letter. */
function cut(words: string): string {
  let length = 0
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(words)) {
    length += encodeURIComponent(segment).length
    if (length > LONGEST_ENCODED || kept.length + segment.length > LONGEST) break
    kept += segment
  }
  const whole = words[kept.length] === '-' ? kept : kept.replace(/-[^-]*$/, '')
  return whole.length > kept.length / 2 ? whole : kept
}

/** FNV-1a, 32 bits, in base 36. */
function shortName(text: string): string {
  let hash = 2166136261
  for (const byte of new TextEncoder().encode(text.normalize('NFC')))
    hash = Math.imul(hash ^ byte, 16777619) >>> 0
  return hash.toString(36)
}
