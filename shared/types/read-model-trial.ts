/** What a read model would hold if it had begun at a position of the log. */
export interface ReadModelTrial {
  /** How many events it would have read. */
  events: number
  rows: number
  /** Its newest rows, as stored. */
  sample: Record<string, unknown>[]
  /** The first events that it could not process. */
  parked: { position: number; reviewId: string; reason: string }[]
}
