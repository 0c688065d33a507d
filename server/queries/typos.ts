/** Finds the word that was perhaps meant by one that nobody wrote. */
import { editDistance } from '../../shared/edit-distance'

const MOST_TYPOS = 2

/** The word with the fewest typos, at most two. */
export function nearestWord(typed: string, words: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let fewest = MOST_TYPOS + 1
  for (const word of words) {
    if (Math.abs(typed.length - word.length) >= fewest) continue
    const typos = editDistance(typed, word)
    if (typos >= fewest) continue
    nearest = word
    fewest = typos
  }
  return nearest
}
