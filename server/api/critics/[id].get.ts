/**
 * GET /api/critics/:idOrSlug: a critic's name and number of reviews. The reviews themselves are at
 * `/api/reviews?critic=`.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { answerQuery } from '../../queries/answer-query'
import { criticAt } from '../../queries/critics'

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views }) => ({
    body: await criticAt(views, getRouterParam(event, 'id', { decode: true }) ?? ''),
  })),
)
