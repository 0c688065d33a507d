/**
 * Finds the recipients of an event, page by page, for planning, replays and the publish panel's
 * numbers alike.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { AudienceQuery, Planned, Reactor } from '../contract/define-reactor'
import { alreadyTold } from '../ledger/planned-deliveries'
import { stillApplies, type Subject } from './subjects'

const PAGE = 2000
/** The one recipient of a network, which is nobody in particular. */
const NOBODY: Planned[] = [{ recipient: '' }]

export interface AudienceContext {
  app: Kysely<AppTables>
  reactor: Reactor
  now: () => number
}

export interface AudiencePage {
  page: Planned[]
  /** The cursor after it. */
  after: string
}

/** Whom the event reaches now: nobody if it no longer applies. */
export async function* audiencePages(
  context: AudienceContext,
  subject: Subject | undefined,
  cursor = '',
): AsyncGenerator<AudiencePage> {
  if (subject && stillApplies(subject.event.type, subject))
    yield* everyPage(context, subject, cursor)
}

/**
 * Whom the event reaches, whether or not it still applies. A later change only goes to recipients
 * who were notified of the review, unless the part treats events as independent.
 */
export async function* everyPage(
  { app, reactor, now }: AudienceContext,
  subject: Subject,
  cursor = '',
): AsyncGenerator<AudiencePage> {
  if (!listens(reactor, subject)) return
  const { event, review } = subject
  const onlyTold =
    event.type !== 'ReviewPublished' && reactor.audience && !reactor.independentEvents
  for (let after = cursor; ;) {
    const page = await audiencePage(reactor, { event, review, after, limit: PAGE, now: now() })
    if (!page.length) return
    after = page.at(-1)!.recipient
    yield { page: onlyTold ? await toldBefore(app, reactor, event.data.id, page) : page, after }
    if (!reactor.audience || page.length < PAGE) return
  }
}

/** One page of a part's audience, regardless of who was notified before. */
export async function audiencePage(reactor: Reactor, query: AudienceQuery): Promise<Planned[]> {
  if (reactor.audience) return reactor.audience(query)
  return query.after === '' ? NOBODY : []
}

/**
 * False if the critic switched the part off, the part does not listen to this event, or the review
 * is a sample: nobody is notified of samples, nor that they are gone.
 */
export function listens(reactor: Reactor, { event, state }: Subject): boolean {
  return (
    !state.sample && reactor.on[event.type] !== undefined && state.parts?.[reactor.name] !== false
  )
}

async function toldBefore(
  app: Kysely<AppTables>,
  reactor: Reactor,
  reviewId: string,
  page: Planned[],
) {
  const told = await alreadyTold(
    app,
    reactor.name,
    reviewId,
    page.map(p => p.recipient),
  )
  return page.filter(p => told.has(p.recipient))
}
