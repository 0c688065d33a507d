/** The words for a review on other sites: the film and its year, our rating in words, texts cut to fit. Pure. */
import { advice, figure } from './rating'
import type { Movie } from './types/review'

/** `The Third Man (1949)`, or the title alone where the year is not known. */
export const filmOf = ({ title, year }: Pick<Movie, 'title' | 'year'>) =>
  year ? `${title} (${year})` : title

/** `4½ of 5. Go tonight.` */
export const verdictOf = (rating: number) => `${figure(rating)} of 5. ${advice(rating)}.`

/** Said of a review with spoilers where a network has no warning of its own. */
export const GIVES_AWAY = 'This one gives the story away.'

/** Ends with sentence punctuation. */
export const sentence = (text: string) =>
  /[.!?…]["'’”)]?$/.test(text.trim()) ? text.trim() : `${text.trim()}.`

/**
 * The text with names (`@Suicide Room`) and tickers (`$TSLA`) that networks would take for links kept
 * plain: a zero-width space after the sign.
 */
export const withoutMentions = (text: string) =>
  text.replaceAll(/(?<![\p{L}\p{N}_])(?:[@＠](?=[\p{L}\p{N}_])|\$(?=\p{L}))/gu, '$&\u200B')

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** Graphemes: letters as people see them. */
export const letters = (text: string): string[] =>
  [...segmenter.segment(text)].map(part => part.segment)

/** At most `most` graphemes, ending in an ellipsis if something was cut: at a space if one is near, else between graphemes. */
export function shorten(text: string, most: number): string {
  const all = letters(text)
  if (all.length <= most) return text
  const kept = all.slice(0, Math.max(0, most - 1)).join('')
  const space = kept.lastIndexOf(' ')
  const words = (space > kept.length * 0.7 ? kept.slice(0, space) : kept).replace(/[\s,;:.…]+$/, '')
  return words && `${words}…`
}

/** `say` builds the whole text from a line and hashtags; `count` measures it as the network does, and it may be `most` long. Tags are dropped before the line is cut; a line that was `chosen` is never cut. */
export interface Room {
  line: string
  tags: string[]
  most: number
  count: (text: string) => number
  say: (line: string, tags: string[]) => string
  chosen?: boolean
}

/** The text that fits, and the line in it. It is longer than `most` only if a chosen line, or the rest of the text, is too long by itself. */
export function fitted({ line, tags, most, count, say, chosen }: Room): {
  text: string
  line: string
} {
  const left = (kept: string[]) => most - count(say('x', kept)) + 1
  const wanted = chosen ? count(line) : Math.min(count(line), 80)
  const kept = tags.slice(0, tags.findLastIndex((_, i) => left(tags.slice(0, i + 1)) >= wanted) + 1)
  const fits = chosen || count(line) <= left(kept) ? line : shorten(line, Math.max(0, left(kept)))
  return { text: say(fits, kept), line: fits }
}

/** "is 12 characters too long", or undefined if it is not. */
export const tooLong = (length: number, most: number) =>
  length > most
    ? `is ${length - most} character${length - most === 1 ? '' : 's'} too long`
    : undefined
