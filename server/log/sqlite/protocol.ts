/** The messages between the main thread and the log's own thread. */
import type { AppendRequest } from '../stored-event'
import type { Outcome } from './commit'
import type { Damage, Inspection } from './verify'

/** What the thread is started with. */
export interface LogThread {
  file: string
  /** keys.sqlite. */
  keyFile: string
  /** How long to wait for another writer, in ms. */
  busyTimeout: number
  /** The most pages that the file may have, see openSqliteLog. */
  maxPages?: number
  inspection: Inspection
  /** ms before old events are checked, see openSqliteLog. */
  checkAfter: number
}

/** `erase` names a stream. */
export type ToThread =
  { ticket: number; request: AppendRequest } | { ticket: number; erase: string } | 'close'

/** Nothing was written; `unavailable` may pass, `damaged` will not. */
export type Failure = { unavailable: string } | { damaged: string }

/** The keys of the stream are destroyed. */
export type Erased = 'erased'

export type FromThread =
  | { outcomes: { ticket: number; outcome: Outcome | Failure | Erased }[] }
  | { damage: Damage }
  | { fatal: string }
