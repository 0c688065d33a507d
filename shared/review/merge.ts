/** Merges two people's changes to one text: changes that do not overlap are joined silently, the others are returned with both versions. */
import { diff3Merge } from 'node-diff3'
import { type Field, sameField, type Writing } from './writing'

/** A field that both changed in the same place. In texts, `mine` and `theirs` already include what the other changed elsewhere, and `both` has every word of the two. */
export type Clash =
  | { field: 'title' | 'summary' | 'body'; mine: string; theirs: string; both: string }
  | { field: 'movie' | 'rating' | 'spoiler'; mine: unknown; theirs: unknown }

export interface Merged {
  writing: Writing
  clashes: Clash[]
}

/** In `writing`, a clashing field has the value of `mine`. */
export function mergeWriting(base: Writing, mine: Writing, theirs: Writing): Merged {
  const writing: Writing = { ...mine, tags: mergeTags(base.tags, mine.tags, theirs.tags) }
  const clashes: Clash[] = []
  for (const field of ['title', 'movie', 'summary', 'body', 'spoiler', 'rating'] as const) {
    if (sameField(field, mine, theirs) || sameField(field, base, theirs)) continue
    if (sameField(field, base, mine)) {
      take(writing, theirs, field)
      continue
    }
    if (field === 'title' || field === 'summary' || field === 'body') {
      const text = mergeText(base[field], mine[field], theirs[field])
      if (typeof text === 'string') writing[field] = text
      else clashes.push({ field, ...text })
    } else {
      clashes.push({ field, mine: mine[field], theirs: theirs[field] })
    }
  }
  return { writing, clashes }
}

function take<F extends Field>(to: Writing, from: Writing, field: F) {
  to[field] = from[field]
}

const wordsOf = (text: string) => text.match(/\s+|[\p{L}\p{N}'’]+|./gu) ?? []

/** Compares by words and punctuation. */
export function mergeText(
  base: string,
  mine: string,
  theirs: string,
): string | { mine: string; theirs: string; both: string } {
  const regions = diff3Merge(wordsOf(mine), wordsOf(base), wordsOf(theirs), {
    excludeFalseConflicts: true,
  })
  const read = (choose: (conflict: { a: string[]; b: string[] }) => string[]) =>
    regions.flatMap(({ ok, conflict }) => ok ?? choose(conflict!)).join('')
  if (regions.every(({ conflict }) => !conflict)) return read(() => [])
  return {
    mine: read(({ a }) => a),
    theirs: read(({ b }) => b),
    both: read(({ a, b }) => (a.length && b.length ? [...a, ' ', ...b] : [...a, ...b])),
  }
}

/** A tag is kept if somebody added it, or if both kept it. */
function mergeTags(base: string[], mine: string[], theirs: string[]): string[] {
  const kept = mine.filter(tag => theirs.includes(tag) || !base.includes(tag))
  return [...kept, ...theirs.filter(tag => !base.includes(tag) && !kept.includes(tag))]
}
