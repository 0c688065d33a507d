/** GET /api/movies: the films that have a review, by title, and their genres. */
import { defineEventHandler } from 'h3'
import { answerCacheable } from '../../http/cacheable-answer'
import { listGenres, listMovies } from '../../queries/movies'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event =>
  answerCacheable(
    event,
    JSON.stringify({ items: await listMovies(useViews()), genres: await listGenres(useViews()) }),
  ),
)
