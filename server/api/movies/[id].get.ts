/**
 * GET /api/movies/:id: a film and our reviews of it; `scores` is empty. A former address, or one in
 * other letters, is redirected to the film's own, with the film as the body.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { moviePath } from '../../../shared/page-paths'
import { problem } from '../../http/problem'
import { answerQuery } from '../../queries/answer-query'
import { movieLinks } from '../../queries/links'
import { movieAt } from '../../queries/movies'

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views, siteUrl }) => {
    const asked = getRouterParam(event, 'id', { decode: true }) ?? ''
    const found = await movieAt(views, siteUrl, asked)
    if (!found) return problem(404, 'No such movie', 'We have reviewed no film under this address.')
    return {
      tags: ['movies', `movie-${found.id}`],
      body: { ...found, _links: movieLinks(siteUrl, found) },
      ...(found.id !== asked && {
        status: 308,
        headers: { location: `/api${moviePath(found.id)}` },
      }),
    }
  }),
)
