/** Keeps the read models at the head of the log: rows and checkpoint in one transaction, then those who wait for a position are told. */
import type { EventLog, Recorded } from '../log/event-log'
import type { Projection } from './define-projection'
import { type Changes, fold, keyOf, noChanges } from './fold'
import {
  checkpointOf,
  loadRows,
  parkedReviews,
  prepareTable,
  saveRows,
  swapIn,
  type Views,
} from './store'

/** A read model that is built from 0 is built in memory and each row written once, as long as there are not too many to remember. */
const MOST_REMEMBERED = 20_000
const BATCH = 1000
const WAIT_MS = 5000

export interface Follower {
  name: string
  version: number
  position: number
  error?: string
  swapped: boolean
}
/** `unsaved` is all that a read model which is being built holds; one that only follows the log holds nothing. */
type Following = Follower & { projection: Projection; parked: Set<string>; unsaved?: Changes }

/** Called for each committed fact, in order, and again when it throws; what it awaits is done before a waiting write is answered. */
export type AfterCommit = (events: Recorded[]) => Promise<void> | void

export class Projector {
  readonly followers: Following[] = []
  position = 0
  private waiting = new Set<{ position: number; done: () => void }>()
  /** Committed, and not told yet. */
  private untold: Recorded[] = []
  private stopped = false
  private halt = Promise.withResolvers<number>()
  private loop?: Promise<void>

  constructor(
    private log: EventLog,
    private views: Views,
    private projections: Projection[],
    private afterCommit: AfterCommit = () => {},
  ) {}

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
      await this.save(follower)
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
        clearTimeout(late)
        this.waiting.delete(waiter)
        resolve(answer)
      }
      const waiter = { position, done: () => end(true) }
      const late = setTimeout(end, timeout, false)
      this.waiting.add(waiter)
    })
  }

  /** Ends after the batch under way, without waiting for the next fact. */
  async stop() {
    this.stopped = true
    this.halt.resolve(0)
    await this.loop
  }

  private lowest = () => Math.min(...this.followers.map(f => f.position))

  private async follow() {
    while (!this.stopped) {
      try {
        if (
          (await Promise.race([this.log.wait(this.position, WAIT_MS), this.halt.promise])) <=
            this.position ||
          this.stopped
        )
          continue
        if (!this.untold.length) this.untold = await this.step()
        for (; this.untold.length; this.untold.shift()) {
          await this.afterCommit([this.untold[0]!])
          this.position = this.untold[0]!.position
          for (const waiter of [...this.waiting])
            if (waiter.position <= this.position) waiter.done()
        }
      } catch (error) {
        for (const follower of this.followers) follower.error = (error as Error).message
        console.error(`[projections] ${(error as Error).message}; trying again in a second`)
        await new Promise(resolve => setTimeout(resolve, 1000))
      }
    }
  }

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
        for (const follower of following) await follow(tx as Views, follower, events)
      })
    }
    for (const follower of this.followers) {
      follower.position = Math.max(follower.position, last)
      follower.error = undefined
      if (follower.unsaved && follower.unsaved.rows.size > MOST_REMEMBERED)
        await this.save(follower)
    }
    return events
  }

  /** Writes what was built in memory. From then on it follows the log as the others do. */
  private async save(follower: Following) {
    const { projection, position, unsaved } = follower
    if (!unsaved) return
    await this.views.transaction().execute(async tx => {
      // Another process on the same file may have been quicker; what it wrote is what we would.
      if ((await checkpointOf(tx as Views, projection)) < position)
        await saveRows(tx as Views, projection, unsaved, position)
    })
    follower.unsaved = undefined
  }
}

/** Brings the rows of one read model up to the end of a batch. */
async function follow(tx: Views, follower: Following, events: Recorded[]) {
  const { projection } = follower
  const position = await checkpointOf(tx, projection)
  const last = events.at(-1)!.position
  if (position >= last) return
  if (position > follower.position) follower.parked = await parkedReviews(tx, projection) // another process on the same file was quicker
  const news = events.filter(event => event.position > position && projection.on[event.type])
  const changes = noChanges()
  const keys = new Set(news.map(event => keyOf(projection, event)).filter(key => key !== undefined))
  fold(projection, news, follower.parked, changes, await loadRows(tx, projection, [...keys]))
  await saveRows(tx, projection, changes, last)
}
