/** Writes what an event says to other servers: once for all inboxes. */
import type { PublicReview } from '../../../../shared/types/review'
import { Retry } from '../../../delivery/contract/define-reactor'
import type { Recorded } from '../../../log/event-log'
import { useProjector } from '../../../read-models/use-projector'
import { activityUrl } from '../addresses'
import { announce, create, remove, update } from '../documents/activities'
import { articleId, eventsOf, restoreIn } from '../documents/article-id'
import { type Document, withContext } from '../documents/context'

/** `sender` is the actor that signs, `activity` JSON. */
export interface Signed {
  sender: string
  activity: string
}

/**
 * `fromCritic` for those who follow the critic, `passedOn` for those who follow the publication. `before`
 * deletes what a restored review was before, where that has not happened. `article` is its id.
 */
export interface Message {
  article: string
  fromCritic: Signed
  passedOn: Signed
  before?: Signed
}

const WAIT_MS = 5000

export async function composeMessage({
  event,
  review,
}: {
  event: Recorded
  review: PublicReview
}): Promise<Message> {
  // Other servers fetch what is passed on at once, and find it only where our pages show it.
  if (!(await useProjector().passed(event.position, WAIT_MS)))
    throw new Retry('the pages do not show the event yet')
  const events = await eventsOf(review.id)
  const restored = restoreIn(events)
  const at = { position: event.position, restored }
  const article = articleId(review.url, restored)
  switch (event.type) {
    case 'ReviewPublished':
      return {
        article,
        fromCritic: signed(create(review, at)),
        passedOn: signed(announce(review, at)),
      }
    case 'ReviewRestored': {
      const former = restoreIn(events.filter(({ position }) => position < event.position))
      const deletion = remove(review, event.data.restoredAt, { ...at, restored: former })
      return {
        article,
        fromCritic: signed(create(review, at)),
        passedOn: signed(announce(review, at)),
        before: signed({ ...deletion, id: `${activityUrl(event.position)}/delete` }),
      }
    }
    case 'ReviewArchived':
      return forBoth(article, remove(review, event.data.archivedAt, at))
    default:
      return forBoth(article, update(review, at))
  }
}

function forBoth(article: string, activity: Document): Message {
  const same = signed(activity)
  return { article, fromCritic: same, passedOn: same }
}

const signed = (activity: Document): Signed => ({
  sender: String(activity.actor),
  activity: JSON.stringify(withContext(activity)),
})
