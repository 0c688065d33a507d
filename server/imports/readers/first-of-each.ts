/** Keeps the first line of each reader, because a file may name the same one twice. */
import type { Candidate, Skipped } from './candidates'

/** `print` is what distinguishes one reader from another. */
export function firstOfEach<C extends Candidate>(
  batch: C[],
  print: (candidate: C) => string,
): { first: Map<string, C>; skipped: Skipped[] } {
  const first = new Map<string, C>()
  const skipped: Skipped[] = []
  for (const candidate of batch) {
    const key = print(candidate)
    if (first.has(key)) skipped.push({ line: candidate.line, reason: 'is already a reader' })
    else first.set(key, candidate)
  }
  return { first, skipped }
}
