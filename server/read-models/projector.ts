/**
 * Keeps the read models at the head of the log: commits rows and checkpoint in one transaction, then
 * answers the callers that wait for a position.
 */
import { type Clock, sleep, systemClock } from '../kit/clock'
import type { EventLog, Recorded } from '../log/event-log'
import type { Projection } from './define-projection'
import { fold, noChanges } from './fold'
import { catchUp, type Following, saveBuilt } from './follower'
import { parkedReviews } from './rows'
import { prepareTable, swapIn } from './versioned-tables'
import type { Views } from './views'

const MOST_REMEMBERED = 20_000
const BATCH = 1000
const WAIT_MS = 5000
const AFTER_FAILURE_MS = 1000

/**
 * Called for each committed event, in order, and again if it throws; whatever it awaits is done
 * before a waiting write is answered.
 */
export type AfterCommit = (events: Recorded[]) => Promise<void> | void

export interface ProjectorOptions {
  clock?: Clock
  /**
   * A read model that starts from position 0 is built in memory, so that each row is written once, as
   * long as there are no more rows than this.
   */
  mostRemembered?: number
}

export class Projector {
  readonly followers: Following[] = []
  position = 0
  private waiting = new Set<{ position: number; done: () => void }>()
  /** Committed, but not yet passed to `afterCommit`. */
  private unannounced: Recorded[] = []
  private stopped = false
  private halt = Promise.withResolvers<number>()
  private loop?: Promise<void>
  private clock: Clock
  private mostRemembered: number

  constructor(
    private log: EventLog,
    private views: Views,
    private projections: Projection[],
    private afterCommit: AfterCommit = () => {},
    { clock = systemClock, mostRemembered = MOST_REMEMBERED }: ProjectorOptions = {},
  ) {
    this.clock = clock
    this.mostRemembered = mostRemembered
  }

  /** Builds and catches up; resolves once all read models are at the head as it was at the call. */
  async start() {
    for (const projection of this.projections) {
      const position = await prepareTable(this.views, projection)
      this.followers.push({
        name: projection.name,
        version: projection.version,
        position,
        swapped: false,
        projection,
        parked: await parkedReviews(this.views, projection),
        unsaved: position === 0 ? noChanges() : undefined,
      })
    }
    const head = await this.log.head()
    while (this.lowest() < head) await this.step()
    for (const follower of this.followers) {
      await saveBuilt(this.views, follower)
      await swapIn(this.views, follower.projection)
      follower.swapped = true
    }
    this.position = this.lowest()
    this.loop = this.follow()
  }

  /**
   * Resolves true once the read models and `afterCommit` have passed a position, false after
   * `timeout` ms.
   */
  passed(position: number, timeout = 1000): Promise<boolean> {
    if (this.position >= position) return Promise.resolve(true)
    return new Promise(resolve => {
      const end = (answer: boolean) => {
        this.clock.clearTimeout(timer)
        this.waiting.delete(waiter)
        resolve(answer)
      }
      const waiter = { position, done: () => end(true) }
      const timer = this.clock.setTimeout(() => end(false), timeout)
      this.waiting.add(waiter)
    })
  }

  /** Stops after the current batch, without waiting for the next event. */
  async stop() {
    this.stopped = true
    this.halt.resolve(0)
    await this.loop
  }

  private lowest = () => Math.min(...this.followers.map(f => f.position))

  private async follow() {
    while (!this.stopped) {
      try {
        const head = await Promise.race([this.log.wait(this.position, WAIT_MS), this.halt.promise])
        if (this.stopped || head <= this.position) continue
        if (!this.unannounced.length) this.unannounced = await this.step()
        await this.announce()
      } catch (error) {
        for (const follower of this.followers) follower.error = (error as Error).message
        console.error(`[projections] ${(error as Error).message}; trying again in a second`)
        await sleep(this.clock, AFTER_FAILURE_MS)
      }
    }
  }

  /**
   * One at a time, so that an event whose callback throws is announced again, and no other twice.
   */
  private async announce() {
    for (; this.unannounced.length; this.unannounced.shift()) {
      const event = this.unannounced[0]!
      await this.afterCommit([event])
      this.position = event.position
      for (const waiter of [...this.waiting]) if (waiter.position <= this.position) waiter.done()
    }
  }

  /** Folds the next events, up to a batch of them. */
  private async step(): Promise<Recorded[]> {
    const after = this.lowest()
    const events = await this.log.read({ after, limit: BATCH })
    const last = events.at(-1)?.position
    if (last === undefined) return events
    for (const { projection, parked, unsaved } of this.followers)
      if (unsaved) fold(projection, events, parked, unsaved)
    const following = this.followers.filter(follower => !follower.unsaved)
    if (following.length) {
      await this.views.transaction().execute(async tx => {
        for (const follower of following) await catchUp(tx, follower, events)
      })
    }
    for (const follower of this.followers) {
      follower.position = Math.max(follower.position, last)
      follower.error = undefined
      if (follower.unsaved && follower.unsaved.rows.size > this.mostRemembered)
        await saveBuilt(this.views, follower)
    }
    return events
  }
}
