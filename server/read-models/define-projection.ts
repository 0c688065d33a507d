/** A projection is what is true now: one table, folded from the log, thrown away and rebuilt at will. */
import type { DomainEvent, Recorded } from '../log/event-log'

// A list of projections has rows of every kind: a row is given to `on` and taken from it, so that only `any` fits them all.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export interface Projection<Row extends object = any> {
  /** The name of its table; its file has the same name with hyphens. */
  name: string
  /** What people see of it, as the event map names it; absent where it only serves other read models or lookups. */
  shownAs?: string[]
  /** Raise it when rows would come out differently: the table is then rebuilt beside the old one and swapped in. */
  version: number
  /**
   * Column name → SQL type; the first is the primary key. A column of type `json` is stored as JSON
   * text and read back parsed.
   */
  columns: Record<string, 'text' | 'integer' | 'real' | 'json'>
  indexes?: string[][]
  /** A full-text index over these columns, kept beside the table; `search()` in the projection's reader uses it. */
  fullText?: string[]
  /** Which row an event is about; default the review's id. Undefined: none. */
  key?: (event: Recorded) => string | undefined
  /** The row after the event; undefined leaves it alone, null removes it. */
  on: {
    [T in DomainEvent['type']]?: (
      row: Row | undefined,
      event: Recorded<Extract<DomainEvent, { type: T }>>,
    ) => Row | null | undefined
  }
}

export const defineProjection = <Row extends object>(projection: Projection<Row>) => projection
