/** How a review is spoken of elsewhere: a film and its year, our rating in words, texts cut to what a place takes. Pure. */
import { advice, figure } from './rating'
import type { Movie, PublicReview } from './types/review'

/** `The Third Man (1949)`, or the title alone where the year is not known. */
export const filmOf = ({ title, year }: Pick<Movie, 'title' | 'year'>) => year ? `${title} (${year})` : title

/** `4½ of 5. Go tonight.` */
export const verdictOf = (rating: number) => `${figure(rating)} of 5. ${advice(rating)}.`

/** Ends as a sentence does. */
export const sentence = (text: string) => /[.!?…]["'’”)]?$/.test(text.trim()) ? text.trim() : `${text.trim()}.`

/** `#FilmNoir`: what several networks take for one tag; undefined where nothing is left. Letters and digits of every script, not only digits. */
export function hashtag(words: string): string | undefined {
  const joined = words.split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(word => word[0]!.toUpperCase() + word.slice(1)).join('')
  return /\p{L}/u.test(joined) ? `#${joined}` : undefined
}

/** The genres and tags of a review as hashtags, each once. */
export const hashtagsOf = ({ movie, tags }: Pick<PublicReview, 'movie' | 'tags'>): string[] => [...new Set([...movie.genres, ...tags].map(hashtag).filter(tag => tag !== undefined))]

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** Letters as people see them. */
export const letters = (text: string): string[] => [...segmenter.segment(text)].map(part => part.segment)

/** At most `most` letters, the last an ellipsis where something was cut: between letters, at a space when one is near. */
export function shorten(text: string, most: number): string {
  const all = letters(text)
  if (all.length <= most) return text
  const kept = all.slice(0, Math.max(0, most - 1)).join(''), space = kept.lastIndexOf(' ')
  const words = (space > kept.length * 0.7 ? kept.slice(0, space) : kept).replace(/[\s,;:.…]+$/, '')
  return words && `${words}…`
}
