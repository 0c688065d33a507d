/**
 * Keeps the read models at the head of the log: rows and checkpoint in one transaction, then those
 * who wait for a position are told.
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
 * Called for each committed event, in order, and again when it throws; what it awaits is done before
 * a waiting write is answered.
 */
export type AfterCommit = (events: Recorded[]) => Promise<void> | void

export interface ProjectorOptions {
  clock?: Clock
  /**
   * A read model that is built from 0 is built in memory and each row written once, as long as there
   * are not more rows than this.
   */
  mostRemembered?: number
}

export class Projector {
  readonly followers: Following[] = []
  position = 0
  private waiting = new Set<{ position: number; done: () => void }>()
  /** Committed, and not told yet. */
  private untold: Recorded[] = []
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

  /** Builds and catches up; resolves when all read models are at the head as it was at the call. */
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

  /** Resolves true once the read models and those told after them have passed a position, false after `timeout` ms. */
  passed(position: number, timeout = 1000): Promise<boolean> {
    if (this.position >= position) return Promise.resolve(true)
    return new Promise(resolve => {
      const end = (answer: boolean) => {
        this.clock.clearTimeout(late)
        this.waiting.delete(waiter)
        resolve(answer)
      }
      const waiter = { position, done: () => end(true) }
      const late = this.clock.setTimeout(() => end(false), timeout)
      this.waiting.add(waiter)
    })
  }

  /** Ends after the batch under way, without waiting for the next event. */
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
        if (!this.untold.length) this.untold = await this.step()
        await this.tell()
      } catch (error) {
        for (const follower of this.followers) follower.error = (error as Error).message
        console.error(`[projections] ${(error as Error).message}; trying again in a second`)
        await sleep(this.clock, AFTER_FAILURE_MS)
      }
    }
  }

  /** One by one, so that one that throws is told again, and none twice. */
  private async tell() {
    for (; this.untold.length; this.untold.shift()) {
      const event = this.untold[0]!
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
