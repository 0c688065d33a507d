/**
 * A projection is one table of what is true now, folded from the log; it can be thrown away and
 * rebuilt at any time.
 */
import type { DomainEvent, Recorded } from '../log/event-log'

// A list of projections has rows of every kind: `on` both takes and returns a row, so only `any`
// fits them all.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export interface Projection<Row extends object = any> {
  /** The name of its table; its file has the same name with hyphens. */
  name: string
  /**
   * What people see of it, as the event map names it; absent if it only serves other read models or
   * lookups.
   */
  shownAs?: string[]
  /**
   * Raise it when rows would come out differently: the table is then rebuilt beside the old one and
   * swapped in.
   */
  version: number
  /**
   * Column name → SQL type; the first is the primary key. A column of type `json` is stored as JSON
   * text and read back parsed.
   */
  columns: Record<string, 'text' | 'integer' | 'real' | 'json'>
  indexes?: string[][]
  /** A full-text index over these columns, with the weight of each; `matching()` searches it. */
  fullText?: Record<string, number>
  /** The key of the row that an event is about; by default the review's id. Undefined: no row. */
  key?: (event: Recorded) => string | undefined
  /** The row after the event; undefined leaves it as it was, null removes it. */
  on: {
    [T in DomainEvent['type']]?: (
      row: Row | undefined,
      event: Recorded<Extract<DomainEvent, { type: T }>>,
    ) => Row | null | undefined
  }
}

export const defineProjection = <Row extends object>(projection: Projection<Row>) => projection
