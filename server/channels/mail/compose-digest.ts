/**
 * Composes a digest once for all readers whose digest is the same, which on a Friday evening is
 * most of them.
 */
import { LRUCache } from 'lru-cache'
import type { Digest } from './digest'
import { digestLetter } from './digest-letter'
import { compose, type Composed } from './message'
import type { Sender } from './sender'

const MOST = 50
const KEPT_MS = 10 * 60_000

const composed = new LRUCache<string, Promise<Composed>>({ max: MOST, ttl: KEPT_MS })

export function composeDigest(digest: Digest, sender: Sender): Promise<Composed> {
  const key = keyOf(digest)
  const known = composed.get(key)
  if (known) return known
  const email = compose(digestLetter(digest), sender)
  composed.set(key, email)
  // A failure is not kept; those who wait for it still see it.
  email.catch(() => composed.delete(key))
  return email
}

/** The same for all readers whose digest is the same. */
const keyOf = ({ reviews, corrected }: Digest) =>
  JSON.stringify([
    reviews.map(({ id, fixedAt, correctedAt }) => [id, fixedAt, correctedAt]),
    corrected.map(({ review, correction }) => [review.id, review.fixedAt, correction.at]),
  ])
