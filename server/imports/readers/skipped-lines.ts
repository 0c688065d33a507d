/** Counts the lines of an import that added nobody, by their reasons. */
import type { Skipped } from './candidates'

/** At most this many lines are listed; the rest are only counted. */
const MOST_LISTED = 1000
const MOST_REASONS = 200

export class SkippedLines {
  readonly #listed: Skipped[] = []
  readonly #reasons = new Map<string, number>()
  #total = 0

  add(lines: Skipped[]) {
    this.#total += lines.length
    this.#listed.push(...lines.slice(0, MOST_LISTED - this.#listed.length))
    for (const { reason } of lines) {
      const count = this.#reasons.get(reason)
      if (count !== undefined || this.#reasons.size < MOST_REASONS)
        this.#reasons.set(reason, (count ?? 0) + 1)
    }
  }

  report() {
    return {
      skipped: this.#listed.toSorted((a, b) => a.line - b.line),
      skippedTotal: this.#total,
      reasons: Object.fromEntries(this.#reasons),
    }
  }
}
