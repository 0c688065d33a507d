/** GET /api/movies/:id: a film, our reviews of it, and its scores elsewhere. */
import { defineEventHandler, getRouterParam } from 'h3'
import { problem } from '../../http/problem'
import { answerQuery } from '../../queries/answer-query'
import { movieById } from '../../queries/movies'

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views, siteUrl }) => {
    const found = await movieById(
      views,
      siteUrl,
      getRouterParam(event, 'id', { decode: true }) ?? '',
    )
    if (!found) return problem(404, 'No such movie', 'We have reviewed no film under this address.')
    return {
      body: { ...found, _links: { self: { href: `${siteUrl}/api/movies/${found.id}` } } },
    }
  }),
)
