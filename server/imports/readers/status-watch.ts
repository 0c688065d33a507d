/** Collects the columns that look like a status under a name that we do not know. */
import { roleOf } from './column-roles'
import type { FileRecord } from './records'

const MOST_COLUMNS = 20
const MOST_VALUES = 5

export class StatusWatch {
  readonly #seen = new Map<string, Set<string>>()

  look(record: FileRecord) {
    if (!('value' in record) || typeof record.value !== 'object' || !record.value) return
    for (const [name, value] of Object.entries(record.value)) {
      if (roleOf(name).is !== 'perhaps') continue
      const values = this.#seen.get(name) ?? new Set()
      if (this.#seen.size < MOST_COLUMNS) this.#seen.set(name, values)
      const text = String(value).slice(0, 40)
      if (text && values.size < MOST_VALUES) values.add(text)
    }
  }

  /** One sentence for each such column that is not empty. */
  sentences(): string[] {
    return [...this.#seen]
      .filter(([, values]) => values.size)
      .map(
        ([name, values]) =>
          `The column “${name}” looks like a status, but we do not know it; only words such as “unsubscribed” count in it. It says: ${[...values].join(', ')}.`,
      )
  }
}
