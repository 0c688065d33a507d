/**
 * GET /api/movies/:id: a film, our reviews of it, and its scores elsewhere. A former address, or one
 * in other letters, is redirected to the film's own, with the film as the body.
 */
import { defineEventHandler, getRouterParam, setResponseHeader, setResponseStatus } from 'h3'
import { settings } from '../../config/settings'
import { answerCacheable } from '../../http/cacheable-answer'
import { problem } from '../../http/problem'
import { movieAt } from '../../queries/movies'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event => {
  const asked = getRouterParam(event, 'id', { decode: true }) ?? ''
  const found = await movieAt(useViews(), settings().siteUrl, asked)
  if (!found) return problem(404, 'No such movie', 'We have reviewed no film under this address.')
  const path = `/api/movies/${encodeURIComponent(found.id)}`
  const body = JSON.stringify({ ...found, _links: { self: { href: settings().siteUrl + path } } })
  const answer = answerCacheable(event, body)
  if (found.id !== asked) {
    setResponseStatus(event, 308)
    setResponseHeader(event, 'location', path)
  }
  return answer
})
