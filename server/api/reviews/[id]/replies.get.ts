/** GET /api/reviews/:idOrSlug/replies: what people of the fediverse say about a review, and how many like it. */
import { defineEventHandler, getRouterParam } from 'h3'
import { repliesTo } from '../../../channels/activitypub/replies/read'
import { problem } from '../../../http/problem'
import { answerQuery } from '../../../queries/answer-query'
import { reviewBySlugOrId } from '../../../queries/review'

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views, siteUrl }) => {
    const id = getRouterParam(event, 'id', { decode: true }) ?? ''
    const found = await reviewBySlugOrId(views, siteUrl, id)
    if (!found?.review)
      return problem(404, 'No such review', 'No published review has this address.')
    // Replies come and go without a public event, so no date tells whether they have changed.
    return { modified: {}, body: await repliesTo(found.review.id) }
  }),
)
