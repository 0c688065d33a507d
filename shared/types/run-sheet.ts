/** What happened after Publish, as the desk shows it: a line for the log, for the pages and for each part. */
export type LineState =
  | 'On disk'
  | 'Sent'
  | 'Posted'
  | 'Waiting'
  | 'Sending'
  | 'Retrying'
  | 'Failed'
  | 'Held'
  | 'Not set up'
  | 'Switched off'
  | 'Nobody asked'
  | 'Not told'
  | 'Left alone'
  | 'Deleted'
  | 'By hand'

/** What those are called who are told by a part. */
export type Unit = 'reader' | 'network' | 'webhook'

/** `told` of `of` is the count, `left` how many may still be told, `missed` how many will not be. `after` is seconds since the fact, `nextAt` ISO. */
export interface Line {
  part: string
  label: string
  state: LineState
  unit?: Unit
  say?: string
  told?: number
  of?: number
  left?: number
  missed?: number
  dead?: number
  after?: number
  url?: string
  nextAt?: string
}

export interface Fact {
  type: string
  position: number
  at: string
}

/** `lines` tell of the newest public fact, in the order of their first report; `earlier` of those before it, newest first, with the parts that had somebody to tell. `heldUntil` (ISO) while nothing has left yet; `settled` when nothing will move within seconds. */
export interface RunSheet {
  id: string
  event?: Fact
  lines: Line[]
  earlier: { event: Fact; lines: Line[] }[]
  settled: boolean
  heldUntil?: string
}
