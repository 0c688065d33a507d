/**
 * Whether an edit takes words away that are in no earlier version: a paste over a text, or a field
 * that was emptied. Typing, and correcting what was just typed, is not.
 */
import { UNSPACED } from '../../../shared/unspaced-scripts'
import type { Changes } from './content'

const MOST_WORDS = 3
const MOST_LETTERS = 20

/** `earlier` is the version before the one that the edit replaces: its words are safe already. */
export const losesWords = (before: Changes, after: Changes, earlier: Changes = {}): boolean =>
  TEXTS.some(text => loses(text(before), text(after), () => text(earlier)))

const TEXTS: ((fields: Changes) => string)[] = [
  ({ title }) => title ?? '',
  ({ summary }) => summary ?? '',
  ({ body }) => body ?? '',
  ({ tags }) => (tags ?? []).join(' '),
  ({ movie }) => [movie?.title, movie?.director, movie?.imdbId].filter(Boolean).join(' '),
  ({ movie }) => (movie?.genres ?? []).join(' '),
  ({ movie }) => movie?.poster?.url ?? '',
  ({ movie }) => movie?.poster?.alt ?? '',
]

function loses(before: string, after: string, earlier: () => string): boolean {
  if (before === after) return false
  const [had, has] = withoutSameEnds(before, after)
  const left = takeAway(had, has)
  if (!left.length) return false
  const typed = takeAway(has, had)
  const lost = left.filter(
    word => !typed.some(other => other.startsWith(word) || word.startsWith(other)),
  )
  return matters(lost, before, after) && !isIn(lost, words(earlier()))
}

/** A word that was cut while a text is deleted bit by bit is there as a whole. */
const isIn = (lost: string[], earlier: string[]) =>
  takeAway(lost, earlier).every(word => earlier.some(whole => whole.startsWith(word)))

function matters(lost: string[], before: string, after: string): boolean {
  if (!lost.length) return false
  if (lost.length >= MOST_WORDS || lost.join('').length >= MOST_LETTERS || !after.trim())
    return true
  return takeAway(words(before), words(after)).length === words(before).length
}

/** The words of the parts that differ. */
function withoutSameEnds(one: string, other: string): [string[], string[]] {
  const most = Math.min(one.length, other.length)
  let start = 0
  while (start < most && one[start] === other[start]) start++
  let end = 0
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end++
  while (start > 0 && isInWord(one[start - 1])) start--
  while (end > 0 && isInWord(one.at(-end))) end--
  return [words(one.slice(start, one.length - end)), words(other.slice(start, other.length - end))]
}

const isInWord = (letter: string | undefined) => letter !== undefined && /\S/.test(letter)

/** In scripts that put no spaces between words, each letter counts as one. */
const words = (text: string): string[] => text.match(WORD) ?? []
const WORD = new RegExp(
  `[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}'’])+|[^\\s\\p{L}\\p{M}\\p{N}]`,
  'gu',
)

/** The words of `all` without those of `others`, each as often as it is there. */
function takeAway(all: string[], others: string[]): string[] {
  const left = new Map<string, number>()
  for (const word of others) left.set(word, (left.get(word) ?? 0) + 1)
  return all.filter(word => {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    return count <= 0
  })
}
