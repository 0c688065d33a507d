/** Compares two states of a review, field by field and word by word. */
import { type Change, diffWordsWithSpace } from 'diff'
import { movieName } from '../movie-id'
import { figure } from '../rating'
import type { Writing } from './writing'

/** One field that differs. */
export interface Difference {
  label: string
  words: Change[]
}

/** Every field that differs, in the order of the writing page. */
export const compareWriting = (then: Writing, now: Writing): Difference[] =>
  FIELDS.map(([label, text]) => ({ label, then: text(then), now: text(now) }))
    .filter(({ then, now }) => then !== now)
    .map(({ label, then, now }) => ({ label, words: changesIn(then, now) }))

const FIELDS: [label: string, text: (writing: Writing) => string][] = [
  ['Title', ({ title }) => title],
  ['Film', filmOf],
  ['Genres', ({ movie }) => listed(movie?.genres ?? [])],
  ['Tags', ({ tags }) => listed(tags)],
  ['Summary', ({ summary }) => summary],
  ['Review', ({ body }) => body],
  ['Spoilers', ({ spoiler }) => (spoiler ? 'Yes' : 'No')],
  ['Poster', ({ movie }) => (movie?.poster ? `${movie.poster.alt}\n${movie.poster.url}` : 'None')],
  ['Rating', ({ rating }) => (rating === null ? 'None' : figure(rating))],
]

function filmOf({ movie }: Writing): string {
  if (!movie) return 'None'
  const { director, minutes, imdbId, ratio } = movie
  const known = [director, minutes && `${minutes} minutes`, imdbId, ratio && `frame ${ratio}:1`]
  return [movieName(movie), ...known].filter(Boolean).join(', ')
}

const listed = (words: string[]) => words.join(', ') || 'None'

/** Long texts with nothing in common would take minutes: they count as replaced as a whole. */
const MOST_MS = 500

function changesIn(then: string, now: string): Change[] {
  const found = diffWordsWithSpace(then, now, { timeout: MOST_MS }) as Change[] | undefined
  if (found) return found
  return [
    { value: then, removed: true, added: false, count: 1 },
    { value: now, removed: false, added: true, count: 1 },
  ]
}
