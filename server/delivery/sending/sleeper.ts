/** Sleeps that can be ended early, by a call to wake up or by a stop. */
import type { Clock } from '../../kit/clock'

interface Sleep {
  isWakeable: boolean
  end: () => void
}

export class Sleeper {
  private sleeps = new Set<Sleep>()
  private wasWoken = false
  private stopping = false

  constructor(private clock: Clock) {}

  /** Sleeps for this long, or until stopped. */
  sleep = (ms: number) => this.start(ms, false)

  /**
   * Sleeps for this long, or until woken or stopped; not at all if `wake` was called since
   * `forgetWakes`.
   */
  async sleepUntilWoken(ms: number) {
    if (!this.wasWoken) await this.start(ms, true)
  }

  /** Call this before looking for work, so that a wake during the search is not slept through. */
  forgetWakes() {
    this.wasWoken = false
  }

  wake() {
    this.wasWoken = true
    this.end(sleep => sleep.isWakeable)
  }

  /** Ends all sleeps, and makes later ones return at once. */
  stop() {
    this.stopping = true
    this.end(() => true)
  }

  private end(which: (sleep: Sleep) => boolean) {
    for (const sleep of [...this.sleeps].filter(which)) sleep.end()
  }

  private start(ms: number, isWakeable: boolean) {
    if (this.stopping) return Promise.resolve()
    return new Promise<void>(resolve => {
      const end = () => {
        this.clock.clearTimeout(timer)
        this.sleeps.delete(sleep)
        resolve()
      }
      const sleep = { isWakeable, end }
      const timer = this.clock.setTimeout(end, ms)
      this.sleeps.add(sleep)
    })
  }
}
