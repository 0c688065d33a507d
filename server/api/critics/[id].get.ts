/**
 * GET /api/critics/:id: a critic's name and number of reviews. The reviews themselves are at
 * `/api/reviews?critic=`.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { answerCacheable } from '../../http/cacheable-answer'
import { problem } from '../../http/problem'
import { criticById } from '../../queries/critics'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event => {
  const critic = await criticById(useViews(), getRouterParam(event, 'id', { decode: true }) ?? '')
  if (!critic) return problem(404, 'No such critic', 'No critic with this id has a review here.')
  return answerCacheable(event, JSON.stringify(critic))
})
