/**
 * GET /api/critics/:idOrSlug: a critic's name and number of reviews. The reviews themselves are at
 * `/api/reviews?critic=`.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { answerQuery } from '../../queries/answer-query'
import { criticAt } from '../../queries/critics'
import { criticLinks } from '../../queries/links'

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views, siteUrl }) => {
    const critic = await criticAt(views, getRouterParam(event, 'id', { decode: true }) ?? '')
    return {
      tags: ['critics', `critic-${critic.id}`],
      body: { ...critic, _links: criticLinks(siteUrl, critic) },
    }
  }),
)
