/** GET /api/movies: the films that have a review, by title, and their genres. */
import { defineEventHandler } from 'h3'
import { answerQuery } from '../../queries/answer-query'
import { listGenres, listMovies } from '../../queries/movies'

export default defineEventHandler(event =>
  answerQuery(event, {}, async ({ views }) => ({
    body: { items: await listMovies(views), genres: await listGenres(views) },
  })),
)
