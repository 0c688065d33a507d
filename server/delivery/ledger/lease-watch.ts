/**
 * Watches a lease that another process holds: it is abandoned once nobody has renewed it for its
 * whole term. The term is counted by the time that passes here, because a clock that jumps would
 * make a living holder look dead, and its sends would leave twice.
 */
import { LEASE_MS } from './lease'

export class LeaseWatch {
  private mark = ''
  private since = 0

  /** `elapsed` in ms, from any moment on. */
  constructor(private elapsed: () => number) {}

  isAbandoned = (held: { fence: number; lease_until: number }): boolean => {
    const mark = `${held.fence} ${held.lease_until}`
    if (mark !== this.mark) {
      this.mark = mark
      this.since = this.elapsed()
    }
    return this.elapsed() - this.since >= LEASE_MS
  }
}
