/**
 * Notices that the wall clock was set: it is compared with the time that has passed, which nobody
 * can set.
 */
import type { Clock } from './clock'

/** Smaller steps are the slow corrections that any clock gets. */
const TOLERANCE_MS = 1000

/** Both in ms since the epoch: what the clock would say now, and what it says. */
export interface ClockJump {
  from: number
  to: number
}

export class ClockJumps {
  private offset: number

  constructor(private clock: Pick<Clock, 'now' | 'elapsed'>) {
    this.offset = clock.now() - clock.elapsed()
  }

  /** The jump since the last look, if there was one. */
  look(): ClockJump | undefined {
    const to = this.clock.now()
    const from = this.offset + this.clock.elapsed()
    if (Math.abs(to - from) < TOLERANCE_MS) return undefined
    this.offset += to - from
    return { from, to }
  }
}
