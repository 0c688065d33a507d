/**
 * Turns what a reader typed into a full-text query: every word must occur, the last may be
 * unfinished, and operators of the index count as plain words.
 */
const MOST_WORDS = 12

export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
    ?.slice(0, MOST_WORDS) ?? []

export const textQuery = (text: string): string => {
  const words = wordsOf(text)
  return words.length ? `${words.map(word => `"${word}"`).join(' ')}*` : '""'
}
