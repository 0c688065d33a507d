/**
 * GET /api/critics/:idOrSlug: a critic's name and number of reviews. The reviews themselves are at
 * `/api/reviews?critic=`.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { problem } from '../../http/problem'
import { answerQuery } from '../../queries/answer-query'
import { criticAt } from '../../queries/critics'

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views }) => {
    const critic = await criticAt(views, getRouterParam(event, 'id', { decode: true }) ?? '')
    if (!critic)
      return problem(
        404,
        'No such critic',
        'No critic with a published review has this id or slug.',
      )
    return { body: critic }
  }),
)
