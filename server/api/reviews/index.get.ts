/**
 * GET /api/reviews: the latest reviews as cards, newest first, filtered and paged. `total` is given
 * for the unfiltered list; `position` is where `/live` continues.
 */
import { defineEventHandler } from 'h3'
import { settings } from '../../config/settings'
import { answerCacheable } from '../../http/cacheable-answer'
import { readQuery } from '../../http/read-input'
import { countShown, latest } from '../../queries/latest'
import { listFilter } from '../../queries/list-filter'
import { viewsPosition } from '../../queries/position'
import { CARD_FIELDS, fieldPicker } from '../../queries/select-fields'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event => {
  const { fields, ...query } = await readQuery(event, listFilter)
  const { siteUrl } = settings()
  const views = useViews()
  const pick = fieldPicker(fields, CARD_FIELDS)
  const position = await viewsPosition(views)
  const { items, next = null } = await latest(views, siteUrl, query)
  const filtered = query.genre || query.critic || query.minRating || query.q
  const href = (after?: string) => {
    const given = Object.entries({ ...query, fields, after })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)])
    return `${siteUrl}/api/reviews${given.length ? `?${new URLSearchParams(given)}` : ''}`
  }
  return answerCacheable(
    event,
    JSON.stringify({
      items: items.map(pick),
      next,
      position,
      ...(!filtered && { total: await countShown(views) }),
      _links: { self: { href: href(query.after) }, ...(next && { next: { href: href(next) } }) },
    }),
  )
})
