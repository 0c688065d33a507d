/**
 * Keeps the read models at the head of the log: commits rows and checkpoint in one transaction, then
 * answers the callers that wait for a position.
 */
import { setImmediate } from 'node:timers/promises'
import { type Clock, sleep, systemClock } from '../kit/clock'
import type { EventLog, Recorded } from '../log/event-log'
import { build, inSmallSteps, lowest } from './build'
import type { Projection } from './define-projection'
import { advance, type Following } from './follower'
import { areIntact } from './intact'
import { discardLeftovers, rebuildBeside } from './rebuild-beside'
import { type Progress, Rebuilds } from './rebuilds'
import { swapIn } from './versioned-tables'
import type { Views } from './views'

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
  /** See BuildOptions. */
  mostRemembered?: number
}

export class Projector {
  followers: Following[] = []
  /** Up to here everything is committed and was passed to `afterCommit`. */
  position = 0
  /** Each folds one read model anew, beside the old one, while the others go on. */
  readonly rebuilds = new Rebuilds((projection, progress) =>
    rebuildBeside(this.log, this.views, projection, this.inSmallSteps(progress)),
  )
  private waiting = new Set<{ position: number; done: () => void }>()
  /** Committed, but not yet passed to `afterCommit`. */
  private unannounced: Recorded[] = []
  private stopped = false
  /** Ends a wait for the log early. */
  private wake = Promise.withResolvers<number>()
  private loop?: Promise<void>
  private clock: Clock
  /** What the loop does before the next batch, while nobody else writes. */
  private task?: () => Promise<void>

  constructor(
    private log: EventLog,
    private views: Views,
    private projections: Projection[],
    private afterCommit: AfterCommit = () => {},
    private options: ProjectorOptions = {},
  ) {
    this.clock = options.clock ?? systemClock
  }

  /** Builds and catches up; resolves once all read models are at the head as it was at the call. */
  async start() {
    const { mostRemembered } = this.options
    this.followers = await build(this.log, this.views, this.projections, {
      mostRemembered,
      afterBatch: () => setImmediate(), // meanwhile /health answers, and a signal arrives
    })
    for (const projection of this.projections) {
      await swapIn(this.views, projection)
      await discardLeftovers(this.views, projection)
    }
    this.position = lowest(this.followers)
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

  /**
   * Builds everything in another file, while pages read the old one, and follows the log there from
   * then on. `adopt` is called in between two batches: from then on pages read the new file.
   */
  async moveTo(views: Views, adopt: () => void): Promise<void> {
    const followers = await build(this.log, views, this.projections, this.inSmallSteps())
    for (const projection of this.projections) await swapIn(views, projection)
    await this.inBetween(async () => {
      while (lowest(followers) < lowest(this.followers))
        await advance(views, followers, await this.read(lowest(followers)), 0)
      this.views = views
      this.followers = followers
      adopt()
    })
  }

  /** False once somebody deleted a table of a read model, or its checkpoint. */
  isIntact = (): Promise<boolean> => areIntact(this.views, this.followers)

  /** Stops after the current batch, without waiting for the next event. */
  async stop() {
    this.stopped = true
    this.wake.resolve(0)
    await this.loop
  }

  /** Runs a task between two batches, soon; rejects if it fails. */
  private inBetween(task: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.task = () => task().then(resolve, reject)
      this.wake.resolve(0)
    })
  }

  private inSmallSteps(progress?: Progress) {
    const steps = inSmallSteps(this.clock)
    return {
      ...steps,
      afterBatch: async (position: number, until: number) => {
        if (this.stopped) throw new Error('the server stops')
        if (progress && until) Object.assign(progress, { position, until })
        await steps.afterBatch!(position, until)
      },
    }
  }

  private read = (after: number) => this.log.read({ after, limit: BATCH })

  private async follow() {
    while (!this.stopped) {
      try {
        this.wake = Promise.withResolvers()
        const { task } = this
        this.task = undefined
        await task?.()
        const head = await Promise.race([this.log.wait(this.position, WAIT_MS), this.wake.promise])
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

  /**
   * Folds the next events, up to a batch of them. A read model that is further already, because
   * another process was quicker, keeps its rows; the events are announced all the same.
   */
  private async step(): Promise<Recorded[]> {
    const events = await this.read(this.position)
    if (events.length) await advance(this.views, this.followers, events, 0)
    return events
  }
}
