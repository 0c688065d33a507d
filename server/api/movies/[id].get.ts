/**
 * GET /api/movies/:id: a film and our reviews of it; `scores` is empty. A former address, or one in
 * other letters, is redirected to the film's own, with the film as the body.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { problem } from '../../http/problem'
import { answerQuery } from '../../queries/answer-query'
import { movieAt } from '../../queries/movies'

const pathOf = (id: string) => `/api/movies/${encodeURIComponent(id)}`

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views, siteUrl }) => {
    const asked = getRouterParam(event, 'id', { decode: true }) ?? ''
    const found = await movieAt(views, siteUrl, asked)
    if (!found) return problem(404, 'No such movie', 'We have reviewed no film under this address.')
    const path = pathOf(found.id)
    return {
      body: { ...found, _links: { self: { href: siteUrl + path } } },
      ...(found.id !== asked && { status: 308, headers: { location: path } }),
    }
  }),
)
