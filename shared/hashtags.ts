/** Makes hashtags that every network takes as one tag: letters, marks and digits of any script. */
import type { PublicReview } from './types/review'

/**
 * `#FilmNoir`; undefined where a tag would say something else: without its signs `C++` is `C`, and
 * `8½` is `8`. Digits alone are no tag.
 */
export function hashtag(words: string): string | undefined {
  const text = words.normalize('NFC').replaceAll(WITHIN_WORDS, '')
  if (/[\p{S}\p{No}\p{Nl}#@]/u.test(text)) return undefined
  const joined = text
    .split(/[^\p{L}\p{M}\p{Nd}]+/u)
    .map(withCapital)
    .join('')
  return /\p{L}/u.test(joined) ? `#${joined}` : undefined
}

/** The genres and tags of a review as hashtags, each once, whatever its capitals. */
export function hashtagsOf({ movie, tags }: Pick<PublicReview, 'movie' | 'tags'>): string[] {
  return distinct([...movie.genres, ...tags].map(hashtag))
}

/** Networks look tags up without regard to case. */
export function distinct(tags: (string | undefined)[]): string[] {
  const found = new Map<string, string>()
  for (const tag of tags) if (tag && !found.has(keyOf(tag))) found.set(keyOf(tag), tag)
  return [...found.values()]
}

const keyOf = (tag: string) => tag.normalize('NFKC').toLowerCase()

/** Apostrophes, the Catalan and the Hebrew point within a word, and invisible joiners. */
const WITHIN_WORDS = /['’‘ʼʻ＇`´\p{Cf}]|(?<=\p{L})[·‧\u05F3\u05F4](?=\p{L})/gu

/** Georgian has capitals, but only for whole words. */
const withCapital = (word: string) =>
  /^\p{Script=Georgian}/u.test(word) ? word : word.replace(/^./u, first => first.toUpperCase())
