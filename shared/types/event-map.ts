/** Which event reaches which channel; `reach` has one entry for each column. */
export type Reach = 'notified' | 'updated quietly' | 'nothing'
/** What a channel does on an event, and why (a sentence without its full stop). */
export interface Effect {
  reach: Reach
  says: string
}

/** Whoever follows the log: a read model, a channel, or a stream that is open to programs and pages. */
export interface Listener {
  name: string
  label: string
  kind: 'read model' | 'channel' | 'stream'
  /** Where it leads to outside of this server; empty for a read model that only others read. */
  outside: string[]
  /** By type of event. */
  effects: Record<string, Effect>
}

/** What happens at one listener now: how far it is behind, and what it sent in the last hour. */
export interface ListenerTraffic {
  /** In events. */
  lag?: number
  waiting?: number
  dead?: number
  sent?: number
}

/** `notSetUp` names the columns that cannot send now; `says` has one entry for each column too. */
export interface EventMap {
  columns: string[]
  notSetUp: string[]
  rows: { type: string; reach: Reach[]; says: string[] }[]
  /** Every event, in the order of a review's life; `notice` is its name for outsiders, if it has one. */
  events: { type: string; command: string; notice?: string }[]
  listeners: Listener[]
  /** Only at the desk. `events` counts each type in the whole log. */
  traffic?: { events: Record<string, number>; listeners: Record<string, ListenerTraffic> }
}

/** An event of one type, for the list of the last ten. */
export interface RecentEvent {
  position: number
  at: string
  actor: string
  reviewId: string
  title: string
}
