/**
 * Asks subscribers to confirm their requests, and makes what they confirmed true. Safe in several
 * processes: the one that moves the due time asks.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import { confirm, noteFailure, type WaitingRequest } from './confirm'
import { verify } from './verify'

export interface VerifierContext {
  app: Kysely<AppTables>
  /** The end of the log, where a new subscription begins. */
  head: () => Promise<number>
  now: () => number
  ask?: typeof verify
  /** Called when a request is done, so that there is room for the next. */
  onDone: () => void
}

/** Ours, so that callbacks that hang hold up only a part of them. */
const MOST = 64
const MOST_OF_HOST = 8
/** Longer than a call may take: after a crash, somebody asks again. */
const CLAIM_MS = 60_000

export class Verifier {
  private running = new Map<string, number>()
  private underWay = new Set<Promise<void>>()
  private ending = new AbortController()

  constructor(private context: VerifierContext) {}

  /** Starts what is due and has room; returns whether there may be more. */
  async round(): Promise<boolean> {
    const { app, now } = this.context
    const room = MOST - this.underWay.size
    if (room <= 0) return false
    const full = [...this.running].filter(([, n]) => n >= MOST_OF_HOST).map(([host]) => host)
    const due = await app
      .selectFrom('hub_requests')
      .selectAll()
      .where('failed_at', 'is', null)
      .where('due_at', '<=', now())
      .$if(full.length > 0, rows => rows.where('host', 'not in', full))
      .orderBy('due_at')
      .limit(room)
      .execute()
    const claimed = await this.claim(this.withRoom(due))
    for (const request of claimed) this.start(request)
    return claimed.length > 0
  }

  /** Cuts off what is under way; it is due again. */
  async stop() {
    this.ending.abort()
    await Promise.allSettled(this.underWay)
  }

  /** At most as many of a host as it may have under way. */
  private withRoom(due: WaitingRequest[]): WaitingRequest[] {
    const taken = new Map(this.running)
    return due.filter(({ host }) => {
      const ofHost = taken.get(host) ?? 0
      taken.set(host, ofHost + 1)
      return ofHost < MOST_OF_HOST
    })
  }

  private async claim(requests: WaitingRequest[]): Promise<WaitingRequest[]> {
    const { app, now } = this.context
    if (!requests.length) return []
    const claimed = await app
      .updateTable('hub_requests')
      .set({ due_at: now() + CLAIM_MS })
      .where(
        'id',
        'in',
        requests.map(({ id }) => id),
      )
      .where('due_at', '<=', now())
      .returning('id')
      .execute()
    const ours = new Set(claimed.map(({ id }) => id))
    return requests.filter(({ id }) => ours.has(id))
  }

  private start(request: WaitingRequest) {
    const { host } = request
    this.running.set(host, (this.running.get(host) ?? 0) + 1)
    const task = this.decide(request)
      .catch((error: Error) => console.error(`[hub] ${error.message}`))
      .finally(() => {
        this.underWay.delete(task)
        const left = this.running.get(host)! - 1
        if (left) this.running.set(host, left)
        else this.running.delete(host)
        this.context.onDone()
      })
    this.underWay.add(task)
  }

  private async decide(request: WaitingRequest) {
    const { app, head, now, ask = verify } = this.context
    const { mode, topic, asked_topic: askedTopic, callback, lease_seconds: leaseSeconds } = request
    const { signal } = this.ending
    const verdict = await ask({ mode, topic, askedTopic, callback, leaseSeconds }, signal)
    if (verdict === 'unreachable' && signal.aborted) return giveBack(app, request)
    if (verdict !== 'confirmed') return noteFailure(app, request, verdict, now())
    const position = await head()
    await app.transaction().execute(db => confirm(db, request, { position, now: now() }))
  }
}

async function giveBack(app: Kysely<AppTables>, { id, due_at }: WaitingRequest) {
  await app.updateTable('hub_requests').set({ due_at }).where('id', '=', id).execute()
}
