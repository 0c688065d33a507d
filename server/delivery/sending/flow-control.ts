/**
 * Decides what may leave now: learns from each outcome whether an origin needs a pause, the part
 * cannot send, or one delivery alone is at fault. It counts in time that has passed, so that a
 * clock that is set back prolongs no pause.
 */
import type { Clock } from '../../kit/clock'
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
  /** Until when the part as a whole cannot send. */
  private stopped = 0
  private places: Semaphore
  /** When each row last stopped the part, and when anything was last accepted. */
  private stoppedBy = new Map<number, number>()
  private lastAccepted = 0

  constructor(
    private reactor: Reactor,
    private clock: Pick<Clock, 'now' | 'elapsed'>,
  ) {
    this.concurrency = reactor.concurrency ?? CONCURRENCY
    this.places = new Semaphore(this.concurrency)
    this.origins = new CircuitBreaker(reactor.perOrigin ?? PER_ORIGIN, clock.elapsed)
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
    return Math.max(this.stoppedUntil, this.onTheWall(this.origins.pausedUntil(origin)))
  }

  /** Until when (ms) the part as a whole cannot send; 0 if it can. */
  get stoppedUntil(): number {
    return this.onTheWall(this.stopped)
  }

  /** When (ms) the first paused origin may be used again; undefined if none is paused. */
  nextOpening(): number | undefined {
    const opening = this.origins.nextOpening()
    return opening === undefined ? undefined : this.onTheWall(opening)
  }

  /** What the clock will say at that moment; 0 if it has passed. */
  private onTheWall(moment: number): number {
    const left = moment - this.clock.elapsed()
    return left > 0 ? this.clock.now() + left : 0
  }

  /** Call this before the next message leaves. Returns the outcome that counts. */
  learn(row: DeliveryRow, outcome: AttemptOutcome): AttemptOutcome {
    const counting = this.isolateRefusal(row, outcome)
    const { origin, pause, stopped } = counting
    if (origin === 'worked') this.origins.worked(row.origin)
    if (origin === 'failed') this.origins.failed(row.origin)
    const { now, elapsed } = this.clock
    if (pause) this.origins.pause(pause.origin, elapsed() + pause.until - now())
    if (stopped) this.stopped = elapsed() + STOPPED_MS
    return counting
  }

  /**
   * If a row is refused again although others were accepted meanwhile, that row is at fault: it
   * fails alone, and the part goes on.
   */
  private isolateRefusal(row: DeliveryRow, outcome: AttemptOutcome): AttemptOutcome {
    const now = this.clock.elapsed()
    const before = this.stoppedBy.get(row.id)
    if (outcome.state === 'accepted') this.lastAccepted = now
    if (!outcome.stopped) this.stoppedBy.delete(row.id)
    else if (before !== undefined && before < this.lastAccepted)
      return failedAttempt(outcome.stopped, this.reactor, row.attempts + 1, this.clock.now())
    else this.stoppedBy.set(row.id, now)
    return outcome
  }
}
