/** Which event reaches which channel; `reach` has one entry for each column. */
export type Reach = 'notified' | 'updated quietly' | 'nothing'
/** What a channel does on an event, and why (a sentence without its full stop). */
export interface Effect {
  reach: Reach
  says: string
}
/** `notSetUp` names the columns that cannot send now; `says` has one entry for each column too. */
export interface EventMap {
  columns: string[]
  notSetUp: string[]
  rows: { type: string; reach: Reach[]; says: string[] }[]
}
