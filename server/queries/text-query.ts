/** What a reader typed, as a full-text query: every word must occur, the last may be unfinished. Operators of the index are plain words here. */
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
