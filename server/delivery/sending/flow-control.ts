/**
 * Decides what may leave now: learns from each outcome whether an origin needs a pause, the part
 * cannot send, or one delivery alone is at fault.
 */
import { Semaphore } from '../../kit/semaphore'
import type { Reactor } from '../contract/define-reactor'
import type { DeliveryRow } from '../ledger/delivery-row'
import { type AttemptOutcome, failedAttempt, STOPPED_MS } from './attempt-outcome'
import { CircuitBreaker } from './circuit-breaker'

const CONCURRENCY = 8
const PER_ORIGIN = 4

export class FlowControl {
  /** How many messages may be under way at once. */
  readonly concurrency: number
  readonly origins: CircuitBreaker
  /** Until when (ms) the part as a whole cannot send. */
  stoppedUntil = 0
  private places: Semaphore
  /** When (ms) each row last stopped the part, and when anything was last accepted. */
  private stoppedBy = new Map<number, number>()
  private lastAccepted = 0

  constructor(
    private reactor: Reactor,
    private now: () => number,
  ) {
    this.concurrency = reactor.concurrency ?? CONCURRENCY
    this.places = new Semaphore(this.concurrency)
    this.origins = new CircuitBreaker(reactor.perOrigin ?? PER_ORIGIN, now)
  }

  /**
   * Waits for a slot at the origin and then one of the part's own. Each is given back separately.
   */
  async enter(origin: string) {
    const leaveOrigin = await this.origins.enter(origin)
    const freePlace = await this.places.enter()
    return { leaveOrigin, freePlace }
  }

  /** Until when (ms) nothing may leave for this origin; 0 if it may now. */
  pausedUntil(origin: string): number {
    const stopped = this.stoppedUntil > this.now() ? this.stoppedUntil : 0
    return Math.max(stopped, this.origins.pausedUntil(origin))
  }

  /** Call this before the next message leaves. Returns the outcome that counts. */
  learn(row: DeliveryRow, outcome: AttemptOutcome): AttemptOutcome {
    const counting = this.isolateRefusal(row, outcome)
    const { origin, pause, stopped } = counting
    if (origin === 'worked') this.origins.worked(row.origin)
    if (origin === 'failed') this.origins.failed(row.origin)
    if (pause) this.origins.pause(pause.origin, pause.until)
    if (stopped) this.stoppedUntil = this.now() + STOPPED_MS
    return counting
  }

  /**
   * If a row is refused again although others were accepted meanwhile, that row is at fault: it
   * fails alone, and the part goes on.
   */
  private isolateRefusal(row: DeliveryRow, outcome: AttemptOutcome): AttemptOutcome {
    const now = this.now()
    const before = this.stoppedBy.get(row.id)
    if (outcome.state === 'accepted') this.lastAccepted = now
    if (!outcome.stopped) this.stoppedBy.delete(row.id)
    else if (before !== undefined && before < this.lastAccepted)
      return failedAttempt(outcome.stopped, this.reactor, row.attempts + 1, now)
    else this.stoppedBy.set(row.id, now)
    return outcome
  }
}
