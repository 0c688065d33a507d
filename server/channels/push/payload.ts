/**
 * Words the notification of a review as a declarative push message, short enough for every service.
 * Pure.
 */
import { createHash } from 'node:crypto'
import { figure } from '../../../shared/rating'
import type { PublicReview } from '../../../shared/types/review'
import { letters, sentence, shorten } from '../../../shared/wording'

/**
 * The `notification` member of a declarative message; `navigate` is absolute. Notifications with
 * the same `tag` replace each other.
 */
export interface Notification {
  title: string
  body: string
  navigate: string
  tag: string
  silent?: boolean
  renotify?: boolean
}

type Reviewed = Pick<
  PublicReview,
  'id' | 'title' | 'movie' | 'rating' | 'summary' | 'critic' | 'url'
>

/**
 * Bytes of JSON. Services take 4,096 of ciphertext, some relays less; TRIMMED is for one that
 * answered 413.
 */
export const LONGEST = 3000
export const TRIMMED = 1000

/**
 * `The Third Man, 5` and `Everyone in Vienna is selling something. By Ines Okafor`; `text` is the
 * critic's own wording.
 */
export function ofReview(review: Reviewed, text?: string): Notification {
  return {
    title: name(review),
    body: text ?? `${sentence(review.summary || review.title)} By ${review.critic.name}`,
    navigate: review.url,
    tag: review.id,
  }
}

/** Replaces the unread notification and makes no sound, so that nobody is disturbed twice. */
export function ofCorrection(review: Reviewed, note = ''): Notification {
  return {
    ...ofReview(review),
    body: `Corrected: ${sentence(note || review.summary || review.title)} By ${review.critic.name}`,
    silent: true,
    renotify: false,
  }
}

/** One notification for a day's or week's reviews; a single review gets its own. */
export function ofSeveral(reviews: Reviewed[], tag: string): Notification {
  const [first, ...others] = reviews
  if (!others.length) return ofReview(first!)
  return {
    title: `${reviews.length} new reviews`,
    body: reviews.map(name).join(' · '),
    navigate: new URL('/', first!.url).href,
    tag,
  }
}

/**
 * The JSON to seal, at most `longest` bytes of UTF-8: the body is shortened first, then the title.
 */
export function encode(notification: Notification, longest = LONGEST): Uint8Array {
  let { title, body } = notification
  for (;;) {
    const json = new TextEncoder().encode(
      JSON.stringify({ web_push: 8030, notification: { ...notification, title, body } }),
    )
    if (json.length <= longest || (!body && title.length < 2)) return json
    if (body) body = shorter(body)
    else title = shorter(title)
  }
}

/**
 * The same for every message about one review, so that a newer one replaces an older one that is
 * still waiting (RFC 8030 section 5.4: at most 32 base64url characters).
 */
export const topicOf = (tag: string) =>
  createHash('sha256').update(tag).digest('base64url').slice(0, 32)

const name = ({ movie, rating }: Reviewed) => `${movie.title}, ${figure(rating)}`

const shorter = (text: string) => shorten(text, Math.floor(letters(text).length * 0.8))
