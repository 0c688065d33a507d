/**
 * GET /api/critics/:idOrSlug: a critic's name and number of reviews. The reviews themselves are at
 * `/api/reviews?critic=`.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { answerCacheable } from '../../http/cacheable-answer'
import { problem } from '../../http/problem'
import { criticAt } from '../../queries/critics'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event => {
  const critic = await criticAt(useViews(), getRouterParam(event, 'id', { decode: true }) ?? '')
  if (!critic)
    return problem(404, 'No such critic', 'No critic with a published review has this id or slug.')
  return answerCacheable(event, JSON.stringify(critic))
})
