/**
 * Guards the origins that a part sends to: limits sends at once, remembers which ones asked us to
 * wait, and pauses those that only fail.
 */
import { Semaphore } from '../../kit/semaphore'

const BREAK_AFTER = 5
const LONGEST_BREAK_MS = 60_000

interface Origin {
  slots: Semaphore
  until: number
  failures: number
}

export class CircuitBreaker {
  private origins = new Map<string, Origin>()

  constructor(
    private perOrigin: number,
    private now: () => number,
  ) {}

  /** Waits for a free slot; call the result when done. */
  enter = (name: string) => this.of(name).slots.enter()

  /** Until when (ms) nothing may be sent there; 0 if sending is allowed. */
  pausedUntil(name: string): number {
    const until = this.origins.get(name)?.until ?? 0
    return until > this.now() ? until : 0
  }

  paused = () => [...this.origins].filter(([, o]) => o.until > this.now()).map(([name]) => name)

  /** When (ms) the first paused origin may be used again; undefined if none is paused. */
  nextOpening(): number | undefined {
    const times = [...this.origins.values()].map(o => o.until).filter(until => until > this.now())
    return times.length ? Math.min(...times) : undefined
  }

  pause(name: string, until: number) {
    const origin = this.of(name)
    origin.until = Math.max(origin.until, until)
  }

  worked(name: string) {
    this.of(name).failures = 0
  }

  /**
   * A failure of the origin itself, not of one message. After five in a row it is paused, longer
   * each time, up to a minute.
   */
  failed(name: string) {
    const origin = this.of(name)
    origin.failures++
    if (origin.failures < BREAK_AFTER) return
    const breakMs = 1000 * 2 ** (origin.failures - BREAK_AFTER)
    this.pause(name, this.now() + Math.min(LONGEST_BREAK_MS, breakMs))
  }

  private of(name: string): Origin {
    const known = this.origins.get(name)
    if (known) return known
    const origin = { slots: new Semaphore(this.perOrigin), until: 0, failures: 0 }
    this.origins.set(name, origin)
    return origin
  }
}
