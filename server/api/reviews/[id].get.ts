/**
 * GET /api/reviews/:idOrSlug: one review, with all fields or only some; 410 with the reason once it
 * is archived. With `asOf`, for its critic and editors: as it was at that position of the log.
 */
import { defineEventHandler, getQuery, getRouterParam, type H3Event } from 'h3'
import { z } from 'zod'
import { reviewPath } from '../../../shared/page-paths'
import { answerAsOf } from '../../desk/answer-as-of'
import { problem } from '../../http/problem'
import { readQuery } from '../../http/read-input'
import { answerQuery } from '../../queries/answer-query'
import { changeOf, reviewBySlugOrId } from '../../queries/review'
import { fieldPicker, REVIEW_FIELDS } from '../../queries/select-fields'

export default defineEventHandler(async event => {
  if ('asOf' in getQuery(event)) return answerAsOf(event, idOrSlug(event))
  const { fields } = await readQuery(event, z.object({ fields: z.string().max(500).optional() }))
  const pick = fieldPicker(fields, REVIEW_FIELDS)
  return answerQuery(event, { fields }, async ({ views, siteUrl }) => {
    const found = await reviewBySlugOrId(views, siteUrl, idOrSlug(event))
    if (!found) return problem(404, 'No such review', 'No published review has this address.')
    if (found.archived)
      return problem(410, 'This review was withdrawn', found.archived.reason, undefined, {
        members: { ...found.archived },
      })
    const { review } = found
    const links = {
      self: `/api/reviews/${review.id}`,
      html: reviewPath(review.slug),
      movie: `/api/movies/${encodeURIComponent(review.movie.id)}`,
      critic: `/api/critics/${encodeURIComponent(review.critic.id)}`,
    }
    return {
      modified: changeOf(review),
      body: {
        ...pick(review),
        _links: Object.fromEntries(
          Object.entries(links).map(([rel, path]) => [rel, { href: siteUrl + path }]),
        ),
      },
    }
  })
})

const idOrSlug = (event: H3Event) => getRouterParam(event, 'id', { decode: true }) ?? ''
