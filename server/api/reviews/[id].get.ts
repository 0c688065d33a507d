/**
 * GET /api/reviews/:idOrSlug: one review, with all fields or only some; 410 with the reason once it
 * is archived.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { reviewPath } from '../../../shared/page-paths'
import { REVIEW_FIELDS } from '../../../shared/review-fields'
import { reviewQuery } from '../../../shared/schemas/reading'
import { problem } from '../../http/problem'
import { readQuery } from '../../http/read-input'
import { answerQuery } from '../../queries/answer-query'
import { changeOf, reviewBySlugOrId } from '../../queries/review'
import { fieldPicker } from '../../queries/select-fields'

export default defineEventHandler(async event => {
  const { fields } = await readQuery(event, reviewQuery)
  const pick = fieldPicker(fields, REVIEW_FIELDS)
  return answerQuery(event, { fields }, async ({ views, siteUrl }) => {
    const found = await reviewBySlugOrId(
      views,
      siteUrl,
      getRouterParam(event, 'id', { decode: true }) ?? '',
    )
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
