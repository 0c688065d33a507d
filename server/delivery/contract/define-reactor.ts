/**
 * The contract of a reactor, or part: it maps an event to deliveries and knows how to send one. A
 * new part is one new file.
 */
import type { ShownPicture } from '../../../shared/types/desk'
import type { Effect } from '../../../shared/types/event-map'
import type { Quota } from '../../../shared/types/part-state'
import type { Archived, PublicReview } from '../../../shared/types/review'
import type { Unit } from '../../../shared/types/run-sheet'
import type { DomainEvent, Recorded } from '../../log/event-log'
import type { Renewal } from './renewal'
import type { SettingsSchema } from './settings-rules'

/**
 * What the far side gave us to find our post again; `url` is shown to editors. `gone`: it has been
 * deleted there. `byHand`: only a person can delete it.
 */
export interface Receipt {
  id?: string
  url?: string
  gone?: boolean
  byHand?: string
  [more: string]: unknown
}

export type { Quota }

/**
 * One message to one recipient. `key` is the same for every attempt: the identity that lets the far
 * side drop a repeat.
 */
export interface Delivery<To = undefined, Message = undefined, Settings = Record<string, string>> {
  key: string
  event: Recorded
  /**
   * The review as it may be shown now (fixes and corrections included), not as it was at the event.
   */
  review: PublicReview
  /**
   * Set when the review is archived now; `review` is then its last public text, for finding posts
   * to delete, never for showing.
   */
  archived?: Archived
  recipient: string
  /** What `load` answered for this recipient. */
  to: To
  /** What `compose` made once for all recipients of this event. */
  message: Message
  attempt: number
  /** The newest receipt that this part has for this review and recipient. */
  receipt?: Receipt
  /**
   * What an earlier attempt saved with `saveProgress`; a send with several steps continues from
   * there. If this send never finishes, later events of the review are given the `receipt` in it,
   * if there is one.
   */
  progress?: unknown
  saveProgress: (progress: unknown) => Promise<void>
  /** The critic's own wording for this part, from the publish panel. */
  text?: string
  /** The part's own settings, with the newest credential if it is renewed. */
  settings: Settings
  /** Shows editors what the far side still allows, until its next answer says otherwise. */
  quota: (quota: Quota) => void
  /**
   * All rows of the same recipient and bundle (a digest), including this one. For a single
   * delivery, just this one.
   */
  bundle: BundleItem[]
  signal: AbortSignal
}
export interface BundleItem {
  event: Recorded
  review: PublicReview
  archived?: Archived
  key: string
}

/**
 * One recipient of an event; pages of them are in ascending order of id. `dueAt` (ms) delays the
 * delivery, `bundle` joins several deliveries to one recipient into one message.
 */
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
 * What a part would say, for the publish panel. `say` is the whole text, exactly as it will appear;
 * `length` of `limit` counts it as the network counts. `line` is the piece of it that a critic may
 * reword, absent where there is none; `reply` is a second post below the first. `cost` and
 * `warning` are sentences; a `problem` ("is 12 characters too long") completes a sentence about the
 * line, and the review cannot be published until it is fixed.
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
/**
 * What a part knows besides the review: its settings, the critic's own words and the site's
 * address.
 */
export interface About<Settings = Record<string, string>> {
  settings: Settings
  siteUrl: string
  text?: string
}

/** Returns the receipt, if the far side gave one. */
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
  /**
   * Its settings, each with a line of documentation, read from NUXT_<NAME>_<SETTING>. If one
   * without a default is missing, the part is "Not set up"; an invalid one stops startup.
   */
  settings?: SettingsSchema<Settings>
  /**
   * For needs beyond valid settings: true when the part can send, otherwise the words to show
   * instead.
   */
  ready?: (settings: Settings, about: Pick<About, 'siteUrl'>) => true | string
  /** For a credential that ends by itself. */
  renewal?: Renewal<Settings>
  /** Absent: one delivery per event, to nobody in particular (a network). */
  audience?: (query: AudienceQuery) => Promise<Planned[]>
  /** How many recipients it has now, where the desk shows that beside its state. */
  countAudience?: () => Promise<number>
  /**
   * By default a later change only goes to recipients who were notified of the review. True where
   * recipients ask for each kind of event separately.
   */
  independentEvents?: boolean
  /**
   * Sends each recipient one message at a time, in the order they are due, so that a slow recipient
   * with a long queue holds up nobody else.
   */
  serialPerRecipient?: boolean
  /**
   * What its recipients are called; by default "reader" if it has an audience, otherwise "network".
   */
  unit?: Unit
  /**
   * Set if something else also sends through this medium: confirmations go by mail too, and wait
   * while its part is paused.
   */
  medium?: 'mail'
  /**
   * Reads recipients just before sending; anyone missing from the result has withdrawn consent and
   * is suppressed.
   */
  load?: (recipients: string[]) => Promise<Map<string, To>>
  /** Made once per event and shared by all its recipients. */
  compose?: (about: { event: Recorded; review: PublicReview }) => Message | Promise<Message>
  on: { [T in DomainEvent['type']]?: Handler<To, Message, Settings> }
  /**
   * What a handler does, in words, where it is not what its kind does: a network posts, edits and
   * deletes, readers are notified of a publication.
   */
  does?: { [T in DomainEvent['type']]?: Effect }
  /** What the publish panel shows; the same words that a handler sends. Needs no network. */
  render?: (review: PublicReview, about: About<Settings>) => Preview | Promise<Preview>
  /** How many sends may run at once, in total and per remote origin; default 8 and 4. */
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

export { Dead, Postponed, Retry, Stopped, Suppressed } from './send-errors'
