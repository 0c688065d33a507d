/** How far a typed word is from the words that there are. */

const MOST_TYPOS = 2

/** The word with the fewest typos, at most two. */
export function nearestWord(typed: string, words: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let fewest = MOST_TYPOS + 1
  for (const word of words) {
    const typos = slips(typed, word)
    if (typos >= fewest) continue
    nearest = word
    fewest = typos
  }
  return nearest
}

/**
 * How many letters to add, drop, change or swap with a neighbour (optimal string alignment); may
 * stop at 3.
 */
export function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
