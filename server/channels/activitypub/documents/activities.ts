/** What our actors did, as activities. Each has an id that follows from the event, so that a repeat is the same activity. */
import type { Archived, PublicReview } from '../../../../shared/types/review'
import { activityUrl, actorUrl, announceUrl, followersUrl, SITE } from '../addresses'
import { article, tombstone } from './article'
import { articleId } from './article-id'
import { type Document, PUBLIC } from './context'

/** The event that it comes from, and the position of the review's last restore. */
interface At {
  position: number
  restored?: number
}

export const create = (review: PublicReview, { position, restored }: At): Document => ({
  ...byCritic(review, position),
  type: 'Create',
  published: review.publishedAt,
  object: article(review, restored),
})

/** A fix or a correction. */
export const update = (review: PublicReview, { position, restored }: At): Document => ({
  ...byCritic(review, position),
  type: 'Update',
  object: article(review, restored),
})

/** The publication passes on what a critic wrote, to those who follow the publication. */
export const announce = (review: PublicReview, { position, restored }: At): Document => ({
  id: announceUrl(position),
  type: 'Announce',
  actor: actorUrl(SITE),
  published: review.publishedAt,
  to: [PUBLIC],
  cc: [followersUrl(SITE), actorUrl(review.critic.id)],
  object: articleId(review.url, restored),
})

/** `remove`, because `delete` is a word of the language. */
export const remove = (
  review: Pick<PublicReview, 'url' | 'critic'>,
  archivedAt: Archived['archivedAt'],
  { position, restored }: At,
): Document => ({
  ...byCritic(review, position),
  type: 'Delete',
  object: tombstone({ url: review.url, archivedAt }, restored),
})

const byCritic = ({ critic }: Pick<PublicReview, 'critic'>, position: number): Document => ({
  id: activityUrl(position),
  actor: actorUrl(critic.id),
  to: [PUBLIC],
  cc: [followersUrl(critic.id), followersUrl(SITE)],
})
