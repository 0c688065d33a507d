/** One file may name the same reader twice: the first line counts. */
import type { Candidate, Skipped } from './candidates'

/** By `print`, what tells one reader from another. */
export function firstOfEach<C extends Candidate>(
  batch: C[],
  print: (candidate: C) => string,
): { first: Map<string, C>; skipped: Skipped[] } {
  const first = new Map<string, C>()
  const skipped: Skipped[] = []
  for (const candidate of batch) {
    const key = print(candidate)
    if (first.has(key)) skipped.push({ line: candidate.line, reason: 'is here already' })
    else first.set(key, candidate)
  }
  return { first, skipped }
}
