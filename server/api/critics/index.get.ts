/**
 * GET /api/critics?limit≤100&after=&fields=: the critics who have a review, who published last comes
 * first; all of them unless there is a limit.
 */
import { defineEventHandler } from 'h3'
import { CRITIC_ENTRY_FIELDS } from '../../../shared/review-fields'
import { readQuery } from '../../http/read-input'
import { answerQuery } from '../../queries/answer-query'
import { pageOfCritics } from '../../queries/critics'
import { criticLinks, linksOf, pathWith } from '../../queries/links'
import { pageFilter } from '../../queries/list-filter'
import { fieldPicker } from '../../queries/select-fields'

export default defineEventHandler(async event => {
  const { fields, ...query } = await readQuery(event, pageFilter)
  const pick = fieldPicker(fields, CRITIC_ENTRY_FIELDS)
  return answerQuery(event, { ...query, fields }, async ({ views, siteUrl }) => {
    const { items, next = null } = await pageOfCritics(views, query)
    const page = (after?: string) => pathWith('/api/critics', { ...query, fields, after })
    return {
      tags: ['critics'],
      body: {
        items: items.map(critic =>
          fields ? pick(critic) : { ...critic, _links: criticLinks(siteUrl, critic) },
        ),
        next,
        _links: linksOf(siteUrl, {
          self: page(query.after),
          next: next ? page(next) : undefined,
          feed: '/feed.json',
          events: '/api/events',
        }),
      },
    }
  })
})
