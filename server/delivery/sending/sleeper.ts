/** Waits that can be ended early: by a call to wake up, or by a stop. */
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

  /** Waits that long, or until a stop. */
  sleep = (ms: number) => this.start(ms, false)

  /** Waits that long, or until `wake` or a stop; not at all when `wake` was called since `forgetWakes`. */
  async sleepUntilWoken(ms: number) {
    if (!this.wasWoken) await this.start(ms, true)
  }

  /** Call it before looking for work: what comes in during the look is then not slept over. */
  forgetWakes() {
    this.wasWoken = false
  }

  wake() {
    this.wasWoken = true
    this.end(sleep => sleep.isWakeable)
  }

  /** From now on nobody sleeps. */
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
