/**
 * GET /api/critics/:idOrSlug: a critic's name, bio and number of reviews. The reviews themselves are at
 * `/api/reviews?critic=`.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { bioOf } from '../../access/bio'
import { answerQuery } from '../../queries/answer-query'
import { criticAt } from '../../queries/critics'
import { criticLinks } from '../../queries/links'

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views, siteUrl, newest }) => {
    const critic = await criticAt(views, getRouterParam(event, 'id', { decode: true }) ?? '')
    const { text: bio, at } = await bioOf(critic.id)
    return {
      tags: ['critics', `critic-${critic.id}`],
      body: { ...critic, ...(bio && { bio }), _links: criticLinks(siteUrl, critic) },
      ...(at && newest.at && at > newest.at && { modified: { at, ambiguous: true } }),
    }
  }),
)
