/**
 * A clock that stands still until a test lets it run: timers fire in their order, and no test waits
 * for a real second.
 */
import type { Clock } from '../../server/kit/clock'

const START = Date.parse('2026-11-24T11:00:00.000Z')
/** How much time passes per turn of the event loop, and at most while a test waits. */
const STEP_MS = 10
const PATIENCE_MS = 2 * 60_000
/** If no timer is set or cleared for this many turns, everything is waiting for the next timer. */
const QUIET_TURNS = 8

interface Timer {
  at: number
  run: () => void
}

export class FakeClock implements Clock {
  private time = START
  private offset = 0
  private timers = new Map<number, Timer>()
  private lastId = 0
  private quietTurns = 0

  now = () => this.time + this.offset
  elapsed = () => this.time

  /** Sets the wall clock forward or back; nothing passes meanwhile. */
  jump(ms: number) {
    this.offset += ms
  }

  setTimeout = (run: () => void, ms: number) => {
    this.quietTurns = 0
    this.timers.set(++this.lastId, { at: this.time + Math.max(0, ms), run })
    return this.lastId
  }

  clearTimeout = (timer: unknown) => {
    this.quietTurns = 0
    this.timers.delete(timer as number)
  }

  /** Lets this much time pass, and runs everything that falls due meanwhile. */
  async pass(ms: number) {
    const end = this.time + ms
    while (this.time < end) await this.step(Math.min(STEP_MS, end - this.time))
  }

  /** Lets time pass until the assertion holds. */
  async waitFor<T>(assertion: () => T | Promise<T>): Promise<T> {
    for (const end = this.time + PATIENCE_MS; ;) {
      try {
        return await assertion()
      } catch (error) {
        if (this.time >= end) throw error
        await this.step(this.stride())
      }
    }
  }

  /** Lets time pass until the promise has settled. */
  async settle<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false
    const watched = promise.finally(() => {
      isSettled = true
    })
    watched.catch(() => {})
    for (const end = this.time + PATIENCE_MS; !isSettled && this.time < end;)
      await this.step(this.stride())
    return isSettled ? watched : Promise.reject(new Error('not settled in two minutes'))
  }

  private async step(ms: number) {
    this.time += ms
    for (let next = this.nextDue(); next; next = this.nextDue()) {
      this.timers.delete(next.id)
      this.quietTurns = 0
      next.run()
    }
    this.quietTurns++
    await new Promise(setImmediate)
  }

  /** A small step while anything is busy, otherwise to the next timer. */
  private stride(): number {
    if (this.quietTurns < QUIET_TURNS || !this.timers.size) return STEP_MS
    const next = Math.min(...[...this.timers.values()].map(({ at }) => at))
    return Math.max(next - this.time, STEP_MS)
  }

  private nextDue() {
    const due = [...this.timers].filter(([, { at }]) => at <= this.time)
    const [first] = due.sort(([, a], [, b]) => a.at - b.at)
    return first && { id: first[0], run: first[1].run }
  }
}
