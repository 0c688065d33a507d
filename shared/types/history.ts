/** One event in the history of a review. */
export interface HistoryEvent {
  type: string
  position: number
  at: string
  /** The name of who did it. */
  actor: string
  /** Each field that changed, with what it was before and after; null where it was absent. */
  diff: { field: string; before: unknown; after: unknown }[]
  /** Of a correction, public. */
  note?: string
  /** Why it was archived, or its schedule ended. */
  reason?: string
  scheduledFor?: string
  /** Its text was erased since: what it changed is not known any more. */
  erased?: true
}
