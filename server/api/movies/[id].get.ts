/**
 * GET /api/movies/:id: a film and our reviews of it; `scores` is empty. A former address, or one in
 * other letters, is redirected to the film's own, with the film as the body.
 */
import {
  defineEventHandler,
  getRouterParam,
  type H3Event,
  setResponseHeader,
  setResponseStatus,
} from 'h3'
import type { MovieAnswer } from '../../../shared/types/reading'
import { settings } from '../../config/settings'
import { problem } from '../../http/problem'
import { answerQuery } from '../../queries/answer-query'
import { movieAt, movieById } from '../../queries/movies'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event => {
  const asked = getRouterParam(event, 'id', { decode: true }) ?? ''
  try {
    return await answerMovie(event, asked)
  } catch (error) {
    const { siteUrl } = settings()
    const moved = await movieAt(useViews(), siteUrl, asked)
    if (!moved || moved.id === asked) throw error
    setResponseStatus(event, 308)
    setResponseHeader(event, 'location', apiPath(moved.id))
    return withLinks(moved, siteUrl)
  }
})

const answerMovie = (event: H3Event, id: string) =>
  answerQuery(event, {}, async ({ views, siteUrl }) => {
    const found = await movieById(views, siteUrl, id)
    if (!found) return problem(404, 'No such movie', 'We have reviewed no film under this address.')
    return { body: withLinks(found, siteUrl) }
  })

const withLinks = (movie: MovieAnswer, siteUrl: string) => ({
  ...movie,
  _links: { self: { href: siteUrl + apiPath(movie.id) } },
})

const apiPath = (id: string) => `/api/movies/${encodeURIComponent(id)}`
