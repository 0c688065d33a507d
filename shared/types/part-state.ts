/** One part that follows the log, as operators see it. `checkpoint` and `head` are positions, `lag` their distance, `rate` per second over the last minute; `Stopped` cannot send until somebody acts, `reason` says why; `hour` counts answers minute by minute, oldest first. */
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
}

/** What a far side still allows: 12 of 100 "posts today", until a time (ISO) where it named one. */
export interface Quota {
  left: number
  of?: number
  what: string
  until?: string
}
