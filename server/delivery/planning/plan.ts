/** Planning: one event becomes rows in the ledger, page by page, each page with the cursor that says how far it went. */
import type { Kysely, Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Recorded } from '../../log/event-log'
import type { AudienceQuery, Planned, Reactor } from '../contract/define-reactor'
import { type Lease, moveCheckpoint } from '../ledger/lease'
import { alreadyTold, cancel, keepHeld, type Plan, plan } from '../ledger/ledger'
import { isSaid, type Subject } from './subjects'

const PAGE = 2000
/** A network is nobody in particular. */
const NOBODY: Planned[] = [{ recipient: '' }]

/** One page of who will be told; the same for planning, for the publish panel's numbers and for a dry run. */
export async function pageOf(reactor: Reactor, query: AudienceQuery): Promise<Planned[]> {
  return reactor.audience ? await reactor.audience(query) : query.after === '' ? NOBODY : []
}

/** False where the critic switched the part off, the part does not listen to this event, or the review is a sample: nobody is told of those, nor that they leave. */
function listens(reactor: Reactor, { event, state }: Subject): boolean {
  return (
    !state.sample && reactor.on[event.type] !== undefined && state.parts?.[reactor.name] !== false
  )
}

export interface Planning {
  app: Kysely<AppTables>
  reactor: Reactor
  lease: Lease
  holdMs: number
  now: () => number
}

/** Plans one event from where the cursor stands, and moves the checkpoint past it. */
export async function planEvent(
  planning: Planning,
  event: Recorded,
  subject: Subject | undefined,
  cursor: string,
) {
  const { app, lease, now } = planning
  await planRows(planning, event, subject, cursor, (tx, after) =>
    moveCheckpoint(tx, lease, event.position - 1, after, now()),
  )
  await app.transaction().execute(tx => moveCheckpoint(tx, lease, event.position, '', now()))
}

/** The rows of one event, page by page; `also` is part of each page's transaction and is given the cursor behind it. */
export async function planRows(
  { app, reactor, holdMs, now }: Omit<Planning, 'lease'>,
  event: Recorded,
  subject: Subject | undefined,
  cursor = '',
  also?: (tx: Transaction<AppTables>, after: string) => Promise<void>,
) {
  if (event.type === 'ReviewArchived' && cursor === '')
    await app.transaction().execute(tx =>
      cancel(tx, {
        reviewId: event.data.id,
        reactor: reactor.name,
        reason: 'the review was withdrawn',
        now: now(),
      }),
    )
  for await (const { page, after } of toBeTold({ app, reactor, now }, subject, cursor)) {
    await app.transaction().execute(async tx => {
      await plan(tx, rowFor(reactor, subject!, { holdMs, now: now() }), page)
      await keepHeld(tx, {
        reviewId: event.data.id,
        reactor: reactor.name,
        at: event.at,
        now: now(),
      })
      await also?.(tx, after)
    })
  }
}

/** Who is to be told of an event, page by page, each with the cursor behind it; of a later change only those who were told of the review, unless the part tells each event by itself. */
export async function* toBeTold(
  { app, reactor, now }: Pick<Planning, 'app' | 'reactor' | 'now'>,
  subject: Subject | undefined,
  cursor = '',
): AsyncGenerator<{ page: Planned[]; after: string }> {
  if (!subject || !listens(reactor, subject) || !isSaid(subject.event.type, subject)) return
  const { event, review } = subject
  for (let after = cursor; ;) {
    const page = await pageOf(reactor, { event, review, after, limit: PAGE, now: now() })
    if (!page.length) return
    after = page.at(-1)!.recipient
    const told =
      event.type !== 'ReviewPublished' && reactor.audience && !reactor.independentEvents
        ? await alreadyTold(
            app,
            reactor.name,
            event.data.id,
            page.map(p => p.recipient),
          )
        : undefined
    yield { page: told ? page.filter(p => told.has(p.recipient)) : page, after }
    if (!reactor.audience || page.length < PAGE) return
  }
}

/** What all rows of one event and part have in common. */
export function rowFor(
  reactor: Reactor,
  { event, state }: Subject,
  { holdMs, now }: { holdMs: number; now: number },
): Plan {
  const choice = state.parts?.[reactor.name]
  return {
    reactor: reactor.name,
    eventId: event.id,
    position: event.position,
    reviewId: event.data.id,
    type: event.type,
    text: choice ? choice.text : undefined,
    dueAt: Math.max(now, Date.parse(event.at) + holdMs),
    now,
  }
}
