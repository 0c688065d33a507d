/** GET /api/movies/:id: a film, our reviews of it, and its scores elsewhere. */
import { defineEventHandler, getRouterParam } from 'h3'
import { settings } from '../../config/settings'
import { answerCacheable } from '../../http/cacheable-answer'
import { problem } from '../../http/problem'
import { movieById } from '../../queries/movies'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event => {
  const found = await movieById(
    useViews(),
    settings().siteUrl,
    getRouterParam(event, 'id', { decode: true }) ?? '',
  )
  if (!found) return problem(404, 'No such movie', 'We have reviewed no film under this address.')
  return answerCacheable(
    event,
    JSON.stringify({
      ...found,
      _links: { self: { href: `${settings().siteUrl}/api/movies/${found.id}` } },
    }),
  )
})
