/** Follows the log for one subscription, from a position on and without an end. */
import { setImmediate } from 'node:timers/promises'
import type { PublicReview } from '../../shared/types/review'
import { problem, refuse } from '../http/problem'
import type { EventLog, Recorded } from '../log/event-log'
import { readWanted } from '../notices/read-wanted'
import { requirePosition } from '../notices/require-position'
import { historiesOf } from '../notices/review-histories'
import type { Wanted } from '../notices/wanted'
import { withCriticSlug } from '../queries/critic-slugs'
import { useProjector } from '../read-models/use-projector'
import { archivedNotice, publicReview, reviewUrl } from '../review/public-review'
import type { Context } from './context'
import type { Exchange } from './exchange'
import { loadersOf } from './loaders'

export interface Heard {
  event: Recorded
  url: string
  /** Undefined once it is archived. */
  review?: PublicReview
}

const PAGE = 100
const WAIT_MS = 15_000

/** The position after which a stream begins. Throws a 400 or 422 that says what is wrong with it. */
export async function startOf(
  log: EventLog,
  after: number | null | undefined,
  { lastEventId }: Exchange,
): Promise<number> {
  if (lastEventId !== undefined && !/^\d{1,15}$/.test(lastEventId))
    problem(400, 'The Last-Event-ID is malformed', 'Last-Event-ID must be a position.')
  if (after != null && after < 0) refuse('after', 'must be a position, a whole number from 0')
  const start = lastEventId === undefined ? after : Number(lastEventId)
  if (start == null) return log.head()
  await requirePosition(log, start, lastEventId === undefined ? 'after' : 'last-event-id')
  return start
}

/** Sets the position and fresh loaders in the context before each event. */
export async function* follow(
  log: EventLog,
  wanted: Wanted,
  start: number,
  context: Context,
): AsyncGenerator<Heard> {
  let after = start
  while (!context.exchange.gone?.aborted) {
    const head = await log.head()
    const { events, reached } = await readWanted(log, wanted, { after, limit: PAGE })
    for (const event of events) {
      const heard = await heardOf(log, event, context)
      context.load = loadersOf(context.views, context.siteUrl, heard.review ? [heard.review] : [])
      context.exchange.position = event.position
      yield heard
    }
    if (reached > after)
      await setImmediate() // others have their turn
    else await log.wait(head, WAIT_MS)
    after = reached
  }
}

/** With the review as it may be shown now: a slow reader may be long behind. */
async function heardOf(
  log: EventLog,
  event: Recorded,
  { views, siteUrl }: Context,
): Promise<Heard> {
  const histories = historiesOf(log)
  await Promise.all([histories.catchUp(), useProjector().passed(event.position)])
  const { state } = await histories.of(event.data.id)
  const review = publicReview(state, siteUrl)
  const url = reviewUrl(siteUrl, state.slug ?? event.data.id)
  if (!review || archivedNotice(state, siteUrl)) return { event, url }
  return { event, url, review: await withCriticSlug(views, review) }
}
