/**
 * GET /api/reviews: the latest reviews as cards, newest first, filtered and paged. `total` is given
 * for the unfiltered list; `position` is where `/live` continues.
 */
import { defineEventHandler } from 'h3'
import { CARD_FIELDS } from '../../../shared/review-fields'
import { readQuery } from '../../http/read-input'
import { answerQuery } from '../../queries/answer-query'
import { countShown, latest } from '../../queries/latest'
import { listFilter } from '../../queries/list-filter'
import { fieldPicker } from '../../queries/select-fields'

export default defineEventHandler(async event => {
  const { fields, ...query } = await readQuery(event, listFilter)
  const pick = fieldPicker(fields, CARD_FIELDS)
  return answerQuery(event, { ...query, fields }, async ({ views, siteUrl, newest }) => {
    const { items, next = null } = await latest(views, siteUrl, query)
    const filtered = query.genre || query.critic || query.minRating || query.q
    const href = (after?: string) => {
      const given = Object.entries({ ...query, fields, after })
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, String(value)])
      return `${siteUrl}/api/reviews${given.length ? `?${new URLSearchParams(given)}` : ''}`
    }
    return {
      body: {
        items: items.map(pick),
        next,
        position: newest.position,
        ...(!filtered && { total: await countShown(views) }),
        _links: { self: { href: href(query.after) }, ...(next && { next: { href: href(next) } }) },
      },
    }
  })
})
