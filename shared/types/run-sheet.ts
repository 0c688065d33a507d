/** What happened after Publish, as the desk shows it: a line for the log, for the front page and for each channel. */
export type LineState =
  | 'Saved'
  | 'Sent'
  | 'Posted'
  | 'Waiting'
  | 'Sending'
  | 'Retrying'
  | 'Failed'
  | 'Cancelled'
  | 'Not set up'
  | 'Switched off'
  | 'No subscribers'
  | 'Not sent'
  | 'Not changed'
  | 'Deleted'
  | 'By hand'

/** What a recipient of a channel is called. */
export type Unit = 'reader' | 'network' | 'webhook'

/** `told` of `of` is the count, `left` how many may still be told, `missed` how many will not be. `after` is seconds since the event, `at` its own time where that is worth a word, `nextAt` of the next attempt (both ISO); `detail` is for those who repair things. */
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
  at?: string
  detail?: string
  url?: string
  nextAt?: string
}

export interface SheetEvent {
  type: string
  position: number
  at: string
}

/** `lines` tell of the newest public event, in the order of their first report; `earlier` of those before it, newest first, with the parts that had somebody to tell. `heldUntil` (ISO) while nothing has left yet; `settled` when nothing will move within seconds. */
export interface RunSheet {
  id: string
  event?: SheetEvent
  lines: Line[]
  earlier: { event: SheetEvent; lines: Line[] }[]
  settled: boolean
  heldUntil?: string
}
