/**
 * Works out what the end of an attempt means for the row, for the origin it went to, and for the
 * part as a whole.
 */
import { OutboundRefused } from '../../outbound/client'
import {
  Dead,
  Postponed,
  type Reactor,
  type Receipt,
  Retry,
  Stopped,
  Suppressed,
} from '../contract/define-reactor'
import type { DeliveryRow } from '../ledger/delivery-row'
import { readableReason } from './readable-reason'
import { nextAttempt } from './retry'

export interface AttemptOutcome {
  state: DeliveryRow['state']
  reason: string | null
  receipt: Receipt | null
  dueAt: number
  /** False if it does not count as an attempt. */
  counted: boolean
  bundle?: string
  /** What it says about the origin; absent if it says nothing. */
  origin?: 'worked' | 'failed'
  pause?: { origin: string; until: number }
  /** Why the part as a whole cannot send. */
  stopped?: string
}

/** How long a part waits after it was refused. */
export const STOPPED_MS = 60_000
/**
 * The refused delivery itself waits a little longer, so that another one shows first whether the
 * part or that delivery is at fault.
 */
const BEHIND_MS = 1000

export class CutOff extends Error {
  constructor(readonly by: 'timeout' | 'stop') {
    super(by === 'stop' ? 'cut off because we stopped' : 'no answer in time')
  }
}

export const outcome = (
  state: DeliveryRow['state'],
  reason: string | null,
  dueAt = 0,
): AttemptOutcome => ({ state, reason, receipt: null, dueAt, counted: true })

/** Says nothing about the delivery itself, which was not attempted. */
export const notAttempted = (
  state: DeliveryRow['state'],
  reason: string | null,
  dueAt = 0,
): AttemptOutcome => ({ ...outcome(state, reason, dueAt), counted: false })

export function outcomeOfError(
  error: Error,
  {
    reactor,
    attempts,
    now,
    settings,
  }: { reactor: Reactor; attempts: number; now: number; settings: Record<string, string> },
): AttemptOutcome {
  const reason = readableReason(error, settings)
  if (error instanceof CutOff && error.by === 'stop') return notAttempted('retry', null, now)
  if (error instanceof Suppressed) return { ...outcome('suppressed', reason), origin: 'worked' }
  if (error instanceof Dead || error instanceof OutboundRefused)
    return { ...outcome('dead', reason), origin: 'worked' }
  if (error instanceof Postponed)
    return { ...notAttempted('pending', reason, error.at), bundle: error.bundle }
  if (error instanceof Stopped)
    return { ...notAttempted('retry', reason, now + STOPPED_MS + BEHIND_MS), stopped: reason }
  const { at, pause } = error instanceof Retry ? error.options : {}
  const failed = failedAttempt(reason, reactor, attempts, now, at)
  if (pause === undefined || !at) return failed
  return {
    ...failed,
    // Being asked to wait is an answer, not a failure of the origin.
    origin: failed.state === 'dead' ? failed.origin : undefined,
    pause: { origin: pause, until: at },
  }
}

/**
 * To be tried again later, or given up after the last attempt. `asked` is the time (ms) that the
 * far side named.
 */
export function failedAttempt(
  reason: string,
  { backoff }: Pick<Reactor, 'backoff'>,
  attempts: number,
  now: number,
  asked?: number,
): AttemptOutcome {
  const dueAt = nextAttempt(attempts, now, { asked, backoff })
  const next =
    dueAt === undefined
      ? outcome('dead', `given up after ${attempts} attempts: ${reason}`)
      : outcome('retry', reason, dueAt)
  return { ...next, origin: 'failed' }
}
