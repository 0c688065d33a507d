/** What our actors have published (ActivityPub, 5.1), newest first; and how many follow them, but not who. */
import { settings } from '../../../config/settings'
import { latest } from '../../../queries/latest'
import { reviewsById } from '../../../queries/review'
import type { Views } from '../../../queries/tables'
import type { OurActor } from '../actors'
import { outboxUrl, SITE } from '../addresses'
import { announce, create } from './activities'
import { eventsOf, restoreIn } from './article-id'
import { type Document, withContext } from './context'

const AT_ONCE = 20

/** Without `page` the collection itself; `after` is the cursor of a later page. */
export async function outbox(
  views: Views,
  { id }: OurActor,
  { page, after }: { page?: string; after?: string },
): Promise<Document> {
  const url = outboxUrl(id)
  if (!page)
    return withContext({
      id: url,
      type: 'OrderedCollection',
      totalItems: await countReviews(views, id),
      first: `${url}?page=1`,
    })
  const { siteUrl } = settings()
  const critic = id === SITE ? undefined : id
  const { items, next } = await latest(views, siteUrl, { limit: AT_ONCE, critic, after })
  const ids = items.map(card => card.id)
  const reviews = await reviewsById(views, siteUrl, ids)
  const activity = id === SITE ? announce : create
  return withContext({
    id: `${url}?page=1${after ? `&after=${after}` : ''}`,
    type: 'OrderedCollectionPage',
    partOf: url,
    ...(next && { next: `${url}?page=1&after=${next}` }),
    orderedItems: await Promise.all(
      reviews.map(async review => activity(review, await placeOf(review.id))),
    ),
  })
}

/** A collection whose members are nobody's business. */
export const countOnly = (url: string, totalItems: number): Document =>
  withContext({ id: url, type: 'OrderedCollection', totalItems })

/** The event that the review is public by: its publication, or its last restore. */
async function placeOf(reviewId: string) {
  const events = await eventsOf(reviewId)
  const restored = restoreIn(events)
  const published = events.find(({ type }) => type === 'ReviewPublished')!.position
  return { position: restored ?? published, restored }
}

async function countReviews(views: Views, id: string): Promise<number> {
  const { n } = await views
    .selectFrom('latest_reviews')
    .select(eb => eb.fn.countAll<number>().as('n'))
    .where('shown', '=', 1)
    .$if(id !== SITE, rows => rows.where('critic_id', '=', id))
    .executeTakeFirstOrThrow()
  return Number(n)
}
