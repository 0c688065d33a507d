/**
 * GET /api/reviews/:idOrSlug: one review, with all fields or only some; 410 with the reason once it
 * is archived. With `asOf`, for its critic and editors: as it was at that position of the log.
 */
import { defineEventHandler, getQuery, getRouterParam, type H3Event } from 'h3'
import { REVIEW_FIELDS } from '../../../shared/review-fields'
import { reviewQuery } from '../../../shared/schemas/reading'
import { answerAsOf } from '../../desk/answer-as-of'
import { problem } from '../../http/problem'
import { readQuery } from '../../http/read-input'
import { answerQuery } from '../../queries/answer-query'
import { reviewLinks } from '../../queries/links'
import { changeOf, reviewBySlugOrId } from '../../queries/review'
import { fieldPicker } from '../../queries/select-fields'

export default defineEventHandler(async event => {
  if ('asOf' in getQuery(event)) return answerAsOf(event, idOrSlug(event))
  const { fields } = await readQuery(event, reviewQuery)
  const pick = fieldPicker(fields, REVIEW_FIELDS)
  return answerQuery(event, { fields }, async ({ views, siteUrl }) => {
    const found = await reviewBySlugOrId(views, siteUrl, idOrSlug(event))
    if (!found) return problem(404, 'No such review', 'No published review has this address.')
    if (found.archived)
      return problem(410, 'This review was withdrawn', found.archived.reason, undefined, {
        members: { ...found.archived },
      })
    const { review } = found
    return {
      tags: ['reviews', `review-${review.id}`],
      modified: changeOf(review),
      body: { ...pick(review), _links: reviewLinks(siteUrl, review) },
    }
  })
})

const idOrSlug = (event: H3Event) => getRouterParam(event, 'id', { decode: true }) ?? ''
