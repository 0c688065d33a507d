/** What a review lacks, in one sentence: "It needs a title and a rating." */
import { type FieldError, refusalWords } from './refusal-words'

const WORDS: Record<string, string> = {
  title: 'a title',
  'movie.title': 'a film',
  rating: 'a rating',
  'movie.poster.alt': 'a description of the poster',
}

export function missingWords(errors: FieldError[]): string {
  const named = errors.map(({ path }) => WORDS[path]).filter(word => word !== undefined)
  if (named.length) return `It needs ${new Intl.ListFormat('en-GB').format(named)}.`
  return errors.length ? refusalWords({ errors }, '') : ''
}
