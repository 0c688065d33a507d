/** What a phone is told of a review: a declarative push message, short enough for every service. Pure. */
import { createHash } from 'node:crypto'
import { figure } from '../../../shared/rating'
import type { PublicReview } from '../../../shared/types/review'
import { letters, sentence, shorten } from '../../../shared/wording'

/** The `notification` member of a declarative message; `navigate` is absolute. Notifications with the same `tag` replace each other. */
export interface Notification {
  title: string
  body: string
  navigate: string
  tag: string
  silent?: boolean
  renotify?: boolean
}

type Told = Pick<PublicReview, 'id' | 'title' | 'movie' | 'rating' | 'summary' | 'critic' | 'url'>

/** Bytes of JSON. Services take 4,096 of ciphertext, some relays less; the second is for one that said 413. */
export const LONGEST = 3000
export const TRIMMED = 1000

/** `The Third Man, 5` and `Everyone in Vienna is selling something. By Ines Okafor`; `text` is the critic's own wording. */
export function ofReview(review: Told, text?: string): Notification {
  return {
    title: name(review),
    body: text ?? `${sentence(review.summary || review.title)} By ${review.critic.name}`,
    navigate: review.url,
    tag: review.id,
  }
}

/** Takes the place of the unread one and makes no sound: whoever was told once is not called again. */
export function ofCorrection(review: Told, note = ''): Notification {
  return {
    ...ofReview(review),
    body: `Corrected: ${sentence(note || review.summary || review.title)} By ${review.critic.name}`,
    silent: true,
    renotify: false,
  }
}

/** One notification for what came together over a day or a week; a single review is told as itself. */
export function ofSeveral(reviews: Told[], tag: string): Notification {
  const [first, ...others] = reviews
  if (!others.length) return ofReview(first!)
  return {
    title: `${reviews.length} new reviews`,
    body: reviews.map(name).join(' · '),
    navigate: new URL('/', first!.url).href,
    tag,
  }
}

/** The JSON to seal, at most `longest` bytes of UTF-8: the body gives way first, then the title. */
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

/** The same for every message about one review, so that a newer one replaces an older one that waits (RFC 8030 section 5.4: at most 32 base64url characters). */
export const topicOf = (tag: string) =>
  createHash('sha256').update(tag).digest('base64url').slice(0, 32)

const name = ({ movie, rating }: Told) => `${movie.title}, ${figure(rating)}`

const shorter = (text: string) => shorten(text, Math.floor(letters(text).length * 0.8))
