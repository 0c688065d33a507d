/** An event as an engine stores it, and its place in the hash chain. */
import type { Expected } from './event-log'

/** `data` and `meta` are canonical JSON. */
export interface StoredEvent {
  position: number
  id: string
  stream: string
  version: number
  type: string
  schemaVersion: number
  at: string
  commandId: string | null
  meta: string
  data: string
  hash: string
}

/** Events that have no position yet. */
export interface AppendRequest {
  stream: string
  expected: Expected
  commandId: string | null
  events: Pick<StoredEvent, 'id' | 'type' | 'schemaVersion' | 'at' | 'meta' | 'data'>[]
}

/** The last link of the chain: START when the log is empty. */
export interface Head {
  position: number
  hash: string
}
