/** What happened after Publish, as the desk shows it: a line for the log, for the pages and for each part. */
export type LineState = 'On disk' | 'Sent' | 'Posted' | 'Waiting' | 'Sending' | 'Retrying' | 'Failed' | 'Held' | 'Not set up' | 'Switched off' | 'Nobody asked'

/** What those are called who are told by a part. */
export type Unit = 'reader' | 'network' | 'webhook'

/** `told` of `of` is the count, `left` how many may still be told. `after` is seconds since the last public fact, `nextAt` ISO. */
export interface Line { part: string, label: string, state: LineState, unit?: Unit, say?: string, told?: number, of?: number, left?: number, dead?: number, after?: number, url?: string, nextAt?: string }

/** Lines stand in the order of their first report. `heldUntil` (ISO) while nothing has left yet; `settled` when nothing will move within seconds. */
export interface RunSheet { id: string, event?: { type: string, position: number, at: string }, lines: Line[], settled: boolean, heldUntil?: string }
