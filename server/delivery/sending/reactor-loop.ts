/** One loop per reactor, awaited, under a lease: plan what the log says, send what is due. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { DomainEvent, EventLog, Recorded } from '../../log/event-log'
import type { Reactor } from '../contract/define-reactor'
import {
  giveBackLease,
  type Lease,
  LEASE_MS,
  LeaseLost,
  moveCheckpoint,
  renewLease,
  takeLease,
} from '../ledger/lease'
import { drawIn, revive, tryMended } from '../ledger/ledger'
import { isIndigestible, park, parkBehind, subjectOf } from '../planning/parked'
import { planEvent } from '../planning/plan'
import { SubjectReader } from '../planning/subjects'
import { PartHealth } from './part-health'
import { clampDue } from './retry'
import { Sender } from './sender'

export interface LoopContext {
  app: Kysely<AppTables>
  log: EventLog
  siteUrl: string
  holdMs: number
  now?: () => number
}

/** One holding of the lease; when one of its loops fails, the others end too. */
interface Term {
  lease: Lease
  over: boolean
}

const POLL_MS = 5000
const PLAN_BATCH = 100
const PATIENCE_MS = 3000

export class ReactorLoop {
  private now: () => number
  private lease?: Lease
  private sender?: Sender
  private stopping = false
  private stopped = Promise.withResolvers<unknown>()
  private sleepers = new Set<{ wakeable: boolean; end: () => void }>()
  private loops: Promise<unknown>[] = []
  private news = false
  private latestTrouble?: string

  constructor(
    private reactor: Reactor,
    private house: LoopContext,
  ) {
    this.now = house.now ?? Date.now
  }

  /** Starts in the background and keeps trying to hold the lease until stopped. */
  start() {
    this.loops.push(this.hold())
  }

  /** Ends within about three seconds; sends that had to be cut are due again. */
  async stop() {
    this.stopping = true
    this.stopped.resolve(undefined)
    this.wake()
    await this.sender?.stop(PATIENCE_MS)
    await Promise.race([
      Promise.allSettled(this.loops),
      new Promise(resolve => setTimeout(resolve, 1000)),
    ])
    if (this.lease) await giveBackLease(this.house.app, this.lease)
    await this.reactor.close?.()
  }

  private async hold() {
    const { app, log } = this.house
    const name = this.reactor.name
    while (!this.stopping) {
      try {
        this.lease = await takeLease(app, name, () => log.head(), this.now())
        if (!this.lease) {
          await this.pause(LEASE_MS / 4)
          continue
        }
        const term: Term = { lease: this.lease, over: false }
        const claim = `${name}:${term.lease.fence}`
        await revive(app, name, claim, this.now())
        await tryMended(app, name, this.now())
        await drawIn(app, name, clampDue(Infinity, this.now()))
        this.sender = new Sender({
          app,
          reactor: this.reactor,
          present: new SubjectReader(log, this.house.siteUrl),
          claim,
          now: this.now,
          trouble: this.trouble,
          settled: () => this.wake(),
          standing: new PartHealth(app, name),
        })
        await Promise.all(
          [this.renew(term), this.plan(term), this.send(term, this.sender)].map(loop =>
            loop.catch((error: Error) => {
              term.over = true
              throw error
            }),
          ),
        )
      } catch (error) {
        if (!(error instanceof LeaseLost)) this.trouble((error as Error).message)
        await this.sender?.stop(0)
        // Whoever is well may go on at once; and so may we, under a new number.
        if (this.lease) await giveBackLease(app, this.lease).catch(() => {})
        await this.pause(1000)
      }
    }
  }

  private over = (term: Term) => this.stopping || term.over

  private async renew(term: Term) {
    while (!this.over(term)) {
      await this.pause(LEASE_MS / 3)
      if (!this.over(term)) await renewLease(this.house.app, term.lease, this.now())
    }
  }

  /** A part that is paused still plans: what would have been told waits, visibly. */
  private async plan(term: Term) {
    const { app, log, holdMs } = this.house
    const { reactor, now } = this
    const present = new SubjectReader(log, this.house.siteUrl)
    const types = [
      ...new Set<DomainEvent['type']>([
        ...(Object.keys(reactor.on) as DomainEvent['type'][]),
        'ReviewArchived',
      ]),
    ]
    while (!this.over(term)) {
      const head = await log.head()
      const { checkpoint, plan_cursor } = await app
        .selectFrom('consumers')
        .select(['checkpoint', 'plan_cursor'])
        .where('name', '=', reactor.name)
        .executeTakeFirstOrThrow()
      const events = await log.read({ after: checkpoint, limit: PLAN_BATCH, types })
      for (const [i, event] of events.entries()) {
        if (this.over(term)) return
        await this.planOrPark(
          { app, reactor, lease: term.lease, holdMs, now },
          event,
          present,
          i === 0 && event.position === checkpoint + 1 ? plan_cursor : '',
        )
        this.wake()
      }
      if (events.length) continue
      if (head > checkpoint)
        await app.transaction().execute(tx => moveCheckpoint(tx, term.lease, head, '', now()))
      await Promise.race([log.wait(head, POLL_MS), this.stopped.promise])
      // Who published is answered first.
      await new Promise(setImmediate)
    }
  }

  private async planOrPark(
    planning: Parameters<typeof planEvent>[0],
    event: Recorded,
    present: SubjectReader,
    cursor: string,
  ) {
    const { app } = planning
    const { name } = this.reactor
    if (await parkBehind(app, name, event, this.now()))
      return planEvent(planning, event, undefined, '')
    try {
      await planEvent(planning, event, await subjectOf(present, event), cursor)
    } catch (error) {
      if (!isIndigestible(error)) throw error
      await park(app, name, event, error.message, this.now())
      await planEvent(planning, event, undefined, '')
      this.trouble(`position ${event.position} is parked: ${error.message}`)
    }
  }

  private async send(term: Term, sender: Sender) {
    while (!this.over(term)) {
      const { paused } = await this.house.app
        .selectFrom('consumers')
        .select('paused')
        .where('name', '=', this.reactor.name)
        .executeTakeFirstOrThrow()
      this.news = false
      const due = paused ? undefined : await sender.round()
      if (!this.news)
        await this.pause(
          due === undefined ? POLL_MS : Math.min(Math.max(due - this.now(), 5), POLL_MS),
          true,
        )
    }
  }

  /** Waits; with `wakeable` until something was planned, or a stop. */
  private pause(ms: number, wakeable = false) {
    return new Promise<void>(resolve => {
      const sleeper = {
        wakeable,
        end: () => {
          clearTimeout(timer)
          this.sleepers.delete(sleeper)
          resolve()
        },
      }
      const timer = setTimeout(sleeper.end, ms)
      this.sleepers.add(sleeper)
    })
  }

  /** Looks at once for what is due. */
  wake() {
    this.news = true
    for (const sleeper of [...this.sleepers]) if (sleeper.wakeable || this.stopping) sleeper.end()
  }

  /** Shown to operators. A thousand failures in a second are one write: the newest reason counts. */
  private trouble = (reason: string) => {
    const busy = this.latestTrouble !== undefined
    this.latestTrouble = reason
    if (!busy) void this.noteTrouble()
  }

  private async noteTrouble() {
    for (let said; said !== this.latestTrouble;) {
      said = this.latestTrouble
      await this.house.app
        .updateTable('consumers')
        .set({ last_error: said, last_error_at: this.now() })
        .where('name', '=', this.reactor.name)
        .execute()
        .catch(() => {})
    }
    this.latestTrouble = undefined
  }
}
