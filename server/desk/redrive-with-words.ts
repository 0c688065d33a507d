/**
 * Sends a failed post again in other words: the critic's line may be the very thing that a network
 * refused.
 */
import { settings } from '../config/settings'
import { useApp } from '../db/open'
import { everyReactor } from '../delivery/contract/registry'
import { redrive } from '../delivery/ledger/dead-letters'
import { refuse } from '../http/problem'
import { useLog } from '../log'
import { load } from '../log/handle-command'
import { publicReview } from '../review/public-review'
import { requireWordsFit } from './part-choices'

/**
 * `words` are the critic's, null asks for the part's own. False when the delivery is not dead (any
 * more). Throws a 422 on `text` for words that the part cannot send.
 */
export async function redriveWithWords(
  id: number,
  words: string | null,
  now: number,
): Promise<boolean> {
  const app = await useApp()
  const row = await app
    .selectFrom('deliveries')
    .select(['reactor', 'recipient', 'review_id'])
    .where('id', '=', id)
    .where('state', '=', 'dead')
    .executeTakeFirst()
  if (!row) return false
  const reactor = everyReactor().find(({ name }) => name === row.reactor)
  if (!reactor?.render || row.recipient)
    refuse('text', 'can only be chosen for a post on a network')
  const { state } = await load(useLog(), row.review_id)
  const review = publicReview(state, settings().siteUrl)
  if (words && review) await requireWordsFit(reactor, review, words, 'text')
  return redrive(app, id, now, words ?? '')
}
