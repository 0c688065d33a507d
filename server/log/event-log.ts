/**
 * The log: an append-only, totally ordered list of events. One contract (tests/log/contract.ts),
 * several engines.
 */
import type { ReviewEvent } from '../review/events'

export type DomainEvent = ReviewEvent

/** Who did it, which event or command led to it, and the first cause of the chain. */
export interface Meta {
  actor: string
  causation?: string
  correlation?: string
}

export type NewEvent<E extends DomainEvent = DomainEvent> = E & {
  meta: Meta
  at: string
  id?: string
}

/**
 * An event with its place. `position` counts all events from 1 without gaps; `version` counts those
 * of its stream from 1. `hash` chains it to the one before.
 */
export type Recorded<E extends DomainEvent = DomainEvent> = E & {
  position: number
  id: string
  stream: string
  version: number
  schemaVersion: number
  meta: Meta
  at: string
  commandId: string | null
  hash: string
}

/**
 * What the stream must look like for the append to succeed: its version ('none' or 0 = no events
 * yet), or anything.
 */
export type Expected = number | 'none' | 'any'

export interface Appended {
  events: Recorded[]
  /** True when this commandId was appended before; `events` are those of the first time. */
  repeated: boolean
}

export interface EventLog {
  /**
   * Resolves once the commit is on disk. Throws VersionConflict, or LogUnavailable when the disk is
   * full or the file locked.
   */
  append: (
    stream: string,
    expected: Expected,
    events: NewEvent[],
    options?: { commandId?: string },
  ) => Promise<Appended>
  /**
   * Events after a position (exclusive), oldest first; default limit 500, at most 5,000. Without
   * `texts`, the data may lack what is sealed, which takes longest to read.
   */
  read: (query: {
    after: number
    limit?: number
    types?: readonly string[]
    texts?: boolean
  }) => Promise<Recorded[]>
  /** How many events of each type there are after a position, among the next `limit` ones. */
  countTypes: (query: { after: number; limit: number }) => Promise<Record<string, number>>
  readStream: (stream: string) => Promise<Recorded[]>
  /** Whether every text in the stream is sealed, so that `erase` can make it unreadable. */
  isSealed: (stream: string) => Promise<boolean>
  /**
   * Destroys the keys of a stream for good: from then on its events have stand-ins for their texts and
   * are marked as `erased`. Resolves once no key is left in the files. Can be repeated.
   */
  erase: (stream: string) => Promise<void>
  /** The last position, 0 when empty. */
  head: () => Promise<number>
  /**
   * Resolves with the head as soon as it is greater than `position`, or after `timeout` ms (default
   * 5,000) with whatever it is then. A wake-up is only a hint.
   */
  wait: (position: number, timeout?: number) => Promise<number>
  close: () => Promise<void>
}

export class VersionConflict extends Error {
  constructor(
    readonly stream: string,
    readonly expected: Expected,
    readonly actual: number,
  ) {
    super(`stream ${stream} is at version ${actual}, not ${expected}`)
    this.name = 'VersionConflict'
  }
}

/** Nothing was written and nothing acknowledged; the same call may succeed later. */
export class LogUnavailable extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'LogUnavailable'
  }
}

/** The hash chain is broken at this position. */
export class LogDamaged extends Error {
  constructor(
    readonly position: number,
    readonly reason: string,
  ) {
    super(`log damaged at position ${position}: ${reason}`)
    this.name = 'LogDamaged'
  }
}
