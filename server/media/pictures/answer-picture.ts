/**
 * Answers with a picture of a published review, found by its id; an archived review is answered
 * with 410, and its picture leaves proxies within a minute.
 */
import { getRouterParam, type H3Event, setResponseHeader } from 'h3'
import type { PublicReview } from '../../../shared/types/review'
import { settings } from '../../config/settings'
import { answerCacheable } from '../../http/answer/answer-cacheable'
import { problem } from '../../http/problem'
import { changeOf, reviewBySlugOrId } from '../../queries/review'
import { useViews } from '../../queries/views'
import { isCrowded } from './draw'

/**
 * Seconds that a proxy may keep a picture, so that a typo in a title does not live on for longer.
 */
const KEEP = 60

export async function answerPicture(
  event: H3Event,
  draw: (review: PublicReview) => Promise<{ bytes: Buffer; type: string }>,
) {
  const id = getRouterParam(event, 'id', { decode: true }) ?? ''
  const found = await reviewBySlugOrId(useViews(), settings().siteUrl, id)
  if (!found || (found.review ?? found.archived).id !== id)
    return problem(404, 'No such picture', 'No published review has this id.')
  if (found.archived) return problem(410, 'This review was withdrawn', found.archived.reason)
  if (isCrowded())
    return problem(503, 'Too many pictures at once', 'Try again in a moment.', undefined, {
      headers: { 'retry-after': '2' },
    })
  const { bytes, type } = await draw(found.review)
  setResponseHeader(event, 'x-content-type-options', 'nosniff')
  return answerCacheable(event, bytes, type, KEEP, changeOf(found.review))
}
