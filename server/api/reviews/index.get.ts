/**
 * GET /api/reviews: the latest reviews as cards, newest first, filtered and paged. `total` is given
 * for the unfiltered list; `position` is where `/live` and `/api/events` continue.
 */
import { defineEventHandler } from 'h3'
import { CARD_FIELDS } from '../../../shared/review-fields'
import { readQuery } from '../../http/read-input'
import { answerQuery } from '../../queries/answer-query'
import { countShown, latest } from '../../queries/latest'
import { linksOf, pathWith, reviewLinks } from '../../queries/links'
import { listFilter } from '../../queries/list-filter'
import { fieldPicker } from '../../queries/select-fields'

export default defineEventHandler(async event => {
  const { fields, ...query } = await readQuery(event, listFilter)
  const pick = fieldPicker(fields, CARD_FIELDS)
  return answerQuery(event, { ...query, fields }, async ({ views, siteUrl, newest }) => {
    const { items, next = null } = await latest(views, siteUrl, query)
    const { genre, critic, minRating, q } = query
    const narrowed = { genre, critic, minRating }
    const { position } = newest
    const page = (after?: string) => pathWith('/api/reviews', { ...query, fields, after })
    return {
      tags: ['reviews'],
      body: {
        items: items.map(card =>
          fields ? pick(card) : { ...card, _links: reviewLinks(siteUrl, card) },
        ),
        next,
        position,
        ...(!(genre || critic || minRating || q) && { total: await countShown(views) }),
        _links: linksOf(siteUrl, {
          self: page(query.after),
          next: next ? page(next) : undefined,
          // What is searched for can be neither followed nor read in a feed.
          ...(!q && {
            feed: pathWith('/feed.json', narrowed),
            events: pathWith('/api/events', { after: position, ...narrowed }),
          }),
        }),
      },
    }
  })
})
