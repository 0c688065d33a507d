/** Makes what a fix or a correction changes from what was sent: fields, and words for parts. */
import type { z } from 'zod'
import type { fixInput } from '../../shared/schemas/review'
import type { DraftContent } from '../../shared/types/review'
import { settings } from '../config/settings'
import type { PartWords, PublishedContent } from '../review/events'
import { withMovieAddress } from './movie-address'
import { wordsOf } from './part-choices'
import { publishableChanges } from './publishable'
import { contentOf } from './working-copy/content'
import { changedAsPublic } from './working-copy/draft-as-public'
import type { OpenReview } from './working-copy/open-review'

/** Throws a 422 for a field that cannot be published, or words that do not fit a part. */
export async function publishedChanges(
  review: OpenReview,
  { parts, ...fields }: z.output<typeof fixInput>,
): Promise<{ changes: Partial<PublishedContent>; words?: PartWords }> {
  const sent = contentOf(fields, settings().siteUrl) as DraftContent
  const publishable = await publishableChanges(sent, review.state.content)
  const changes = await withMovieAddress(review.id, publishable)
  const words = await wordsOf(parts, changedAsPublic(review, changes))
  return { changes, ...(words && { words }) }
}
