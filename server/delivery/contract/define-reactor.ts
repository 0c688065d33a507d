/** A reactor is one part that is told: it maps an event to deliveries and knows how one delivery is sent. A new part is one new file. */
import type { ShownPicture } from '../../../shared/types/desk'
import type { Quota } from '../../../shared/types/part-state'
import type { PublicReview, Archived } from '../../../shared/types/review'
import type { Unit } from '../../../shared/types/run-sheet'
import type { DomainEvent, Recorded } from '../../log/event-log'
import type { SettingsSchema } from './settings-rules'

/** What the far side gave us to find our post again; `url` is shown to editors. `gone`: it was deleted there, `byHand`: only a person can delete it. */
export interface Receipt {
  id?: string
  url?: string
  gone?: boolean
  byHand?: string
  [more: string]: unknown
}

export type { Quota }

/** One message to one recipient. `key` is the same for every attempt: the identity that lets the far side drop a repeat. */
export interface Delivery<To = undefined, Message = undefined, Settings = Record<string, string>> {
  key: string
  event: Recorded
  /** The review as it may be shown now (fixes and corrections included), not as it was at the event. */
  review: PublicReview
  /** Set when the review is archived now; `review` is then its last public text, for finding posts to delete, never for showing. */
  archived?: Archived
  recipient: string
  /** What `load` answered for this recipient. */
  to: To
  /** What `compose` made once for all recipients of this event. */
  message: Message
  attempt: number
  /** The newest receipt that this part has for this review and recipient. */
  receipt?: Receipt
  /** What an earlier attempt saved with `saveProgress`; a send of several steps goes on from there. Its `receipt`, if it has one, is what later events of the review are given should this send never be finished. */
  progress?: unknown
  saveProgress: (progress: unknown) => Promise<void>
  /** The critic's own wording for this part, from the publish panel. */
  text?: string
  /** The part's own settings as this process was started with. */
  settings: Settings
  /** Tells editors what the far side still allows; shown until the next answer says otherwise. */
  quota: (quota: Quota) => void
  /** Other rows of the same recipient and bundle (a digest); includes this one. Single deliveries: just this one. */
  bundle: BundleItem[]
  signal: AbortSignal
}
export interface BundleItem {
  event: Recorded
  review: PublicReview
  archived?: Archived
  key: string
}

/** Who is told of an event: pages of recipient ids in ascending order. `dueAt` (ms) delays one, `bundle` joins those of one recipient into one sending. */
export interface Planned {
  recipient: string
  origin?: string
  dueAt?: number
  bundle?: string
}
export interface AudienceQuery {
  event: Recorded
  review: PublicReview
  after: string
  limit: number
  now: number
}

/**
 * What a part would say, for the publish panel. `say` is the whole text, exactly as it will appear; `length` of `limit` counts it as the network counts.
 * `line` is the part of it that a critic may put in other words, absent where there is none; `reply` is a second post below the first. `cost` and `warning` are
 * sentences; a `problem` ("is 12 characters too long") ends a sentence about the line and keeps the review from being published with it.
 */
export interface Preview {
  say?: string
  line?: string
  reply?: string
  count?: number
  unit?: string
  later?: number
  subject?: string
  html?: string
  length?: number
  limit?: number
  picture?: ShownPicture
  cost?: string
  warning?: string
  problem?: string
}
/** What a part knows besides the review: its settings, the critic's own words, the site's address. */
export interface About<Settings = Record<string, string>> {
  settings: Settings
  siteUrl: string
  text?: string
}

/** Answers the receipt, if the far side gave one. */
type Handler<To, Message, Settings> = (
  delivery: Delivery<To, Message, Settings>,
) => Promise<Receipt | undefined>

export interface Reactor<
  To = any,
  Message = any,
  Settings extends Record<string, string> = Record<string, string>,
> {
  /** Equal to the name of its file. */
  name: string
  /** The name that people read. */
  label: string
  /** Its settings, each with a line of documentation; read from NUXT_<NAME>_<SETTING>. Without those that have no default it is "Not set up"; an invalid one stops startup. */
  settings?: SettingsSchema<Settings>
  /** What it needs besides valid settings: true when it can send, else the words shown instead. */
  ready?: (settings: Settings, about: Pick<About, 'siteUrl'>) => true | string
  /** Absent: one delivery per event, to nobody in particular (a network). */
  audience?: (query: AudienceQuery) => Promise<Planned[]>
  /** Of a later change only those are told who were told of the review; true where each recipient asked for each kind of event by itself. */
  independentEvents?: boolean
  /** One recipient gets one message at a time, in the order in which they are due: who is slow with many holds up nobody else. */
  serialPerRecipient?: boolean
  /** What its recipients are called; default "reader" with an audience, else "network". */
  unit?: Unit
  /** The medium, where others use it too: confirmations are sent by mail, and wait while the part for it is paused. */
  medium?: 'mail'
  /** Reads recipients just before sending; who is missing from the answer withdrew consent and is suppressed. */
  load?: (recipients: string[]) => Promise<Map<string, To>>
  /** Made once per event and shared by all its recipients. */
  compose?: (about: { event: Recorded; review: PublicReview }) => Message | Promise<Message>
  on: { [T in DomainEvent['type']]?: Handler<To, Message, Settings> }
  /** What the publish panel shows; the same words that a handler sends. Needs no network. */
  render?: (review: PublicReview, about: About<Settings>) => Preview | Promise<Preview>
  /** Sends at once, in all and per remote origin. Defaults 8 and 4. */
  concurrency?: number
  perOrigin?: number
  /** Seconds between attempts; default 1, 4, 15, 60, 300, 1800, 7200, 18000. */
  backoff?: number[]
  /** Milliseconds for one attempt; default 15,000. */
  timeout?: number
  close?: () => Promise<void>
}

export const defineReactor = <
  To = undefined,
  Message = undefined,
  S extends Record<string, string> = Record<string, string>,
>(
  reactor: Reactor<To, Message, S>,
) => reactor

/** Thrown by a handler: try again, at a time (ms epoch) if the far side named one; `origin` pauses everything to that origin until then. */
export class Retry extends Error {
  constructor(
    reason: string,
    readonly options: { at?: number; origin?: string; pause?: string } = {},
  ) {
    super(reason)
    this.name = 'Retry'
  }
}
/** Thrown by a handler: this will never work; a person must look. */
export class Dead extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Dead'
  }
}
/** Thrown by a handler: nobody is there (any more) to be told; not a failure. */
export class Suppressed extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Suppressed'
  }
}
/** Thrown by a handler: the part itself is not able to send (wrong credentials); its deliveries wait, none is burned. */
export class Stopped extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Stopped'
  }
}
/** Thrown by a handler of bundles: there is nothing to say yet; these rows wait until `at` (ms epoch) and join that bundle. Not a failure, not an attempt. */
export class Postponed extends Error {
  constructor(
    reason: string,
    readonly at: number,
    readonly bundle: string,
  ) {
    super(reason)
    this.name = 'Postponed'
  }
}
