/** Composes a digest once for all readers whose digest says the same: on a Friday evening that is most of them. */
import { LRUCache } from 'lru-cache'
import type { Digest } from './digest'
import { digestLetter } from './digest-letter'
import { compose, type Composed } from './message'
import type { Sender } from './sender'

const MOST = 50
/** The day stands on the email, so none is kept until another. */
const KEPT_MS = 10 * 60_000

const composed = new LRUCache<string, Promise<Composed>>({ max: MOST, ttl: KEPT_MS })

/** `at` (ms) is the day that stands on the email. */
export function composeDigest(digest: Digest, sender: Sender, at: number): Promise<Composed> {
  const key = keyOf(digest)
  const known = composed.get(key)
  if (known) return known
  const made = compose(digestLetter({ ...digest, at }), sender)
  composed.set(key, made)
  // A failure is not kept; whoever waits for it is told.
  made.catch(() => composed.delete(key))
  return made
}

/** The same for every reader whose digest says the same. */
const keyOf = ({ reviews, corrected }: Digest) =>
  JSON.stringify([
    reviews.map(({ id, fixedAt, correctedAt }) => [id, fixedAt, correctedAt]),
    corrected.map(({ review, correction }) => [review.id, review.fixedAt, correction.at]),
  ])
