/** What happened after Publish, as the desk shows it: one line for the log, one for the front page and one for each channel. */
export type LineState =
  | 'Saved'
  | 'Sent'
  | 'Posted'
  | 'Waiting'
  | 'Sending'
  | 'Retrying'
  | 'Failed'
  | 'Paused'
  | 'Not set up'
  | 'Switched off'
  | 'No subscribers'
  | 'Not sent'
  | 'Not changed'
  | 'Deleted'
  | 'By hand'

/** What a recipient of a channel is called. */
export type Unit = 'reader' | 'network' | 'webhook' | 'subscriber' | 'server'

/** `told` of `of` recipients have been notified (of these, emails to `kept` are only in the outbox), `left` may still be, `missed` will not be. `after` is in seconds since the event, `at` is the line's own time where it matters, `nextAt` that of the next attempt (both ISO); `detail` is for people who repair things. */
export interface Line {
  part: string
  label: string
  state: LineState
  unit?: Unit
  say?: string
  told?: number
  kept?: number
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

/** `lines` are about the newest public event, in the order of their first report; `earlier` has the events before it, newest first, with the parts that had recipients. `heldUntil` (ISO) is set while nothing has left yet; `mayPause` when something waits, `maySend` when something is paused or can be sent before its time; `settled` is true when nothing will change within seconds. */
export interface RunSheet {
  id: string
  event?: SheetEvent
  lines: Line[]
  earlier: { event: SheetEvent; lines: Line[] }[]
  settled: boolean
  heldUntil?: string
  mayPause?: boolean
  maySend?: boolean
}
