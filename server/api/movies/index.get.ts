/**
 * GET /api/movies?limit≤100&after=&fields=: the films that have a review, by title, and their genres;
 * all of them unless there is a limit.
 */
import { defineEventHandler } from 'h3'
import { MOVIE_ENTRY_FIELDS } from '../../../shared/review-fields'
import { readQuery } from '../../http/read-input'
import { answerQuery } from '../../queries/answer-query'
import { linksOf, movieLinks, pathWith } from '../../queries/links'
import { pageFilter } from '../../queries/list-filter'
import { listGenres, pageOfMovies } from '../../queries/movies'
import { fieldPicker } from '../../queries/select-fields'

export default defineEventHandler(async event => {
  const { fields, ...query } = await readQuery(event, pageFilter)
  const pick = fieldPicker(fields, MOVIE_ENTRY_FIELDS)
  return answerQuery(event, { ...query, fields }, async ({ views, siteUrl }) => {
    const { items, next = null } = await pageOfMovies(views, query)
    const page = (after?: string) => pathWith('/api/movies', { ...query, fields, after })
    return {
      tags: ['movies'],
      body: {
        items: items.map(movie =>
          fields ? pick(movie) : { ...movie, _links: movieLinks(siteUrl, movie) },
        ),
        genres: await listGenres(views),
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
