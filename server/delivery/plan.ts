/** Planning: one event becomes rows in the ledger, page by page, each page with the cursor that says how far it went. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../db/schema'
import type { Recorded } from '../log/event-log'
import type { AudienceQuery, Planned, Reactor } from './define-reactor'
import { moveCheckpoint, type Lease } from './lease'
import { alreadyTold, cancel, plan } from './ledger'
import type { Subject } from './present'

const PAGE = 2000
/** A network is nobody in particular. */
const NOBODY: Planned[] = [{ recipient: '' }]

/** One page of who will be told; the same for planning, for the publish panel's numbers and for a dry run. */
export async function pageOf(reactor: Reactor, query: AudienceQuery): Promise<Planned[]> {
  return reactor.audience ? await reactor.audience(query) : query.after === '' ? NOBODY : []
}

/** False where the critic switched the part off, or the part does not listen to this event. */
export function listens(reactor: Reactor, { event, state }: Subject): boolean {
  return reactor.on[event.type] !== undefined && state.parts?.[reactor.name] !== false
}

export interface Planning { app: Kysely<AppTables>, reactor: Reactor, lease: Lease, holdMs: number, now: () => number }

/** Plans one event from where the cursor stands, and moves the checkpoint past it. */
export async function planEvent({ app, reactor, lease, holdMs, now }: Planning, event: Recorded, subject: Subject | undefined, cursor: string) {
  if (event.type === 'ReviewArchived' && cursor === '') await app.transaction().execute(tx => cancel(tx, { reviewId: event.data.id, reactor: reactor.name, reason: 'the review was withdrawn', now: now() }))
  let after = cursor
  const planned = subject && listens(reactor, subject) && (!subject.withdrawn || event.type === 'ReviewArchived')
  while (planned) {
    const page = await pageOf(reactor, { event, review: subject.review, after, limit: PAGE, now: now() })
    if (!page.length) break
    after = page.at(-1)!.recipient
    const told = event.type !== 'ReviewPublished' && reactor.audience ? await alreadyTold(app, reactor.name, event.data.id, page.map(p => p.recipient)) : undefined
    const choice = subject.state.parts?.[reactor.name]
    const row = { reactor: reactor.name, eventId: event.id, position: event.position, reviewId: event.data.id, type: event.type, text: choice ? choice.text : undefined, dueAt: Math.max(now(), Date.parse(event.at) + holdMs), now: now() }
    await app.transaction().execute(async (tx) => {
      await plan(tx, row, told ? page.filter(p => told.has(p.recipient)) : page)
      await moveCheckpoint(tx, lease, event.position - 1, after, now())
    })
    if (!reactor.audience || page.length < PAGE) break
  }
  await app.transaction().execute(tx => moveCheckpoint(tx, lease, event.position, '', now()))
}
