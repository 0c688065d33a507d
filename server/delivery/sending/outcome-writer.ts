/**
 * Writes outcomes of sends together: those that come in within a few milliseconds are one
 * transaction.
 */
import { type Clock, sleep, type Timer } from '../../kit/clock'
import type { Outcome } from './outcomes'

const FLUSH_MS = 15
const FLUSH_ROWS = 500
const FIRST_RETRY_MS = 50
const LAST_RETRY_MS = 2000

export interface OutcomeWriterContext {
  clock: Clock
  /** Called with the reason why outcomes are not written yet. */
  onError: (reason: string) => void
  /** Called when some were written. */
  onRecorded: () => void
}

export class OutcomeWriter {
  private outcomes: Outcome[] = []
  private done: (() => void)[] = []
  private timer?: Timer

  constructor(
    private write: (outcomes: Outcome[]) => Promise<unknown>,
    private context: OutcomeWriterContext,
  ) {}

  /** Resolves once they are on disk. */
  async add(outcomes: Outcome[]) {
    this.outcomes.push(...outcomes)
    const written = new Promise<void>(resolve => this.done.push(resolve))
    if (this.outcomes.length >= FLUSH_ROWS) void this.flush()
    else this.timer ??= this.context.clock.setTimeout(() => void this.flush(), FLUSH_MS)
    await written
  }

  /**
   * Writes what has come in, however long the disk refuses it, because a forgotten outcome means a
   * second send.
   */
  async flush() {
    const { outcomes, done, timer } = this
    const { clock, onError, onRecorded } = this.context
    clock.clearTimeout(timer)
    this.outcomes = []
    this.done = []
    this.timer = undefined
    for (let wait = FIRST_RETRY_MS; outcomes.length; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
      try {
        await this.write(outcomes)
        break
      } catch (error) {
        onError(`outcomes not recorded yet: ${(error as Error).message}`)
        await sleep(clock, wait)
      }
    }
    for (const each of done) each()
    onRecorded()
  }
}
