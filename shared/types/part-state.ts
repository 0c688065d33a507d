/** The parts that follow the log, as operators see them. */
import type { Unit } from './run-sheet'

/** One part that follows the log, as operators see it. `checkpoint` and `head` are positions, `lag` is their distance, `rate` is per second over the last minute; a `Stopped` part cannot send until somebody acts, and `reason` says why; `hour` counts answers minute by minute, oldest first; `rebuild` is the share done, 0 to 1, while a read model is rebuilt. */
export interface PartState {
  name: string
  label: string
  kind: 'projection' | 'reactor'
  state: 'Following' | 'Paused' | 'Stopped' | 'Not set up' | 'Retrying' | 'Failed'
  listensTo: number
  checkpoint?: number
  head: number
  lag?: number
  rate: number
  hour?: { accepted: number[]; failed: number[] }
  waiting?: number
  dead?: number
  lastError?: string
  lastErrorAt?: string
  reason?: string
  quota?: Quota
  /** How many it may notify now, where that is known: 12 subscribers. */
  audience?: { count: number; unit: Unit }
  /** When the credential ends (ISO) that the far side renews for it, and why the last renewal failed. */
  credential?: { endsAt?: string; problem?: string }
  rebuild?: number
}

/** What a remote side still allows: 12 of 100 "posts today", until a time (ISO) if it gave one. */
export interface Quota {
  left: number
  of?: number
  what: string
  until?: string
}
