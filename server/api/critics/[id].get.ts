/**
 * GET /api/critics/:id: a critic's name and number of reviews. The reviews themselves are at
 * `/api/reviews?critic=`.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { problem } from '../../http/problem'
import { answerQuery } from '../../queries/answer-query'
import { criticById } from '../../queries/critics'

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views }) => {
    const critic = await criticById(views, getRouterParam(event, 'id', { decode: true }) ?? '')
    if (!critic) return problem(404, 'No such critic', 'No critic with this id has a review here.')
    return { body: critic }
  }),
)
