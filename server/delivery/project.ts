/** Keeps the read models at the head of the log: rows and checkpoint in one transaction, then those who wait for a position are told. */
import { checkpointOf, loadRows, park, parkedReviews, prepareTable, saveRows, swapIn, type Views } from '../db/view-store'
import type { EventLog, Recorded } from '../log/event-log'
import type { Projection } from './define-projection'

/** While a projection is built from 0 its rows need not be read back, as long as there are not too many to remember. */
const MOST_REMEMBERED = 20_000
const BATCH = 1000, WAIT_MS = 5000

export interface Follower { name: string, version: number, position: number, error?: string, swapped: boolean }

/** Called for each committed fact, in order, and again when it throws; what it awaits is done before a waiting write is answered. */
export type AfterCommit = (events: Recorded[]) => Promise<void> | void

export class Projector {
  readonly followers: (Follower & { projection: Projection, parked: Set<string>, memory?: Map<string, Record<string, unknown>> })[] = []
  position = 0
  private waiting = new Set<{ position: number, done: () => void }>()
  /** Committed, and not told yet. */
  private untold: Recorded[] = []
  private stopped = false
  private halt = Promise.withResolvers<number>()
  private loop?: Promise<void>

  constructor(private log: EventLog, private views: Views, private projections: Projection[], private afterCommit: AfterCommit = () => {}) {}

  /** Builds and catches up; resolves when all read models are at the head as it was at the call. */
  async start() {
    for (const projection of this.projections) {
      const position = await prepareTable(this.views, projection)
      const follower = { name: projection.name, version: projection.version, position, swapped: false, projection, parked: await parkedReviews(this.views, projection), memory: position === 0 ? new Map<string, Record<string, unknown>>() : undefined }
      this.followers.push(follower)
    }
    const head = await this.log.head()
    while (this.lowest() < head) await this.step()
    for (const follower of this.followers) { await swapIn(this.views, follower.projection); follower.swapped = true; follower.memory = undefined }
    this.position = this.lowest()
    this.loop = this.follow()
  }

  /** Resolves true once the read models and those told after them have passed a position, false after `timeout` ms. */
  passed(position: number, timeout = 1000): Promise<boolean> {
    if (this.position >= position) return Promise.resolve(true)
    return new Promise((resolve) => {
      const end = (answer: boolean) => { clearTimeout(late); this.waiting.delete(waiter); resolve(answer) }
      const waiter = { position, done: () => end(true) }, late = setTimeout(end, timeout, false)
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
        if (await Promise.race([this.log.wait(this.position, WAIT_MS), this.halt.promise]) <= this.position || this.stopped) continue
        if (!this.untold.length) this.untold = await this.step()
        for (; this.untold.length; this.untold.shift()) {
          await this.afterCommit([this.untold[0]!])
          this.position = this.untold[0]!.position
          for (const waiter of [...this.waiting]) if (waiter.position <= this.position) waiter.done()
        }
      } catch (error) {
        for (const follower of this.followers) follower.error = (error as Error).message
        console.error(`[projections] ${(error as Error).message}; trying again in a second`)
        await new Promise(resolve => setTimeout(resolve, 1000))
      }
    }
  }

  private async step(): Promise<Recorded[]> {
    const after = this.lowest(), events = await this.log.read({ after, limit: BATCH })
    if (!events.length) return events
    await this.views.transaction().execute(async (tx) => {
      for (const follower of this.followers) await fold(tx as Views, follower, events)
    })
    for (const follower of this.followers) { follower.position = Math.max(follower.position, events.at(-1)!.position); follower.error = undefined }
    return events
  }
}

/** One projection's rows after a batch. An event that it cannot digest is parked, and later ones of the same review with it. */
async function fold(tx: Views, follower: Projector['followers'][number], events: Recorded[]) {
  const { projection } = follower, position = await checkpointOf(tx, projection)
  if (position >= events.at(-1)!.position) return
  if (position > follower.position) { // another process on the same file was quicker
    follower.memory = undefined
    follower.parked = await parkedReviews(tx, projection)
  }
  const { parked, memory } = follower
  const news = events.filter(e => e.position > position && projection.on[e.type])
  const keyOf = projection.key ?? (event => event.data.id)
  const rows = memory ?? await loadRows(tx, projection, [...new Set(news.map(keyOf).filter(key => key !== undefined))])
  const changed = new Map<string, Record<string, unknown> | null>()
  for (const event of news) {
    const key = keyOf(event)
    if (key === undefined) continue
    try {
      if (parked.has(event.data.id)) throw new Error('waits behind a parked event of the same review')
      const row = (projection.on[event.type] as (row: object | undefined, event: Recorded) => Record<string, unknown> | null | undefined)(rows.get(key), event)
      if (row === undefined) continue
      changed.set(key, row)
      if (row === null) rows.delete(key)
      else rows.set(key, row)
    } catch (error) {
      parked.add(event.data.id)
      await park(tx, projection, event.position, event.data.id, (error as Error).message)
    }
  }
  if (memory && memory.size > MOST_REMEMBERED) follower.memory = undefined
  await saveRows(tx, projection, changed, events.at(-1)!.position)
}
