/** An event as an engine stores it, and its place in the hash chain. */
import type { Expected } from './event-log'

/** `data` and `meta` are canonical JSON; in `data` the text is sealed (sealing/sealed-event.ts). */
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

/** `open` and `text` are canonical JSON: what stays readable, and what is sealed, if anything. */
export interface UnplacedEvent extends Pick<
  StoredEvent,
  'id' | 'type' | 'schemaVersion' | 'at' | 'meta'
> {
  open: string
  text: string | null
}

/** Events that have no position yet. */
export interface AppendRequest {
  stream: string
  expected: Expected
  commandId: string | null
  events: UnplacedEvent[]
}

/** The last link of the chain: START when the log is empty. */
export interface Head {
  position: number
  hash: string
}
