/**
 * GET /api/subscriptions/choices: what a reader can choose from, the genres and critics of shown
 * reviews, in alphabetical order.
 */
import { defineEventHandler } from 'h3'
import { listCritics } from '../../queries/critics'
import { listGenres } from '../../queries/movies'
import { useViews } from '../../queries/views'

export default defineEventHandler(async () => ({
  genres: (await listGenres(useViews()))
    .map(({ genre }) => genre)
    .toSorted((a, b) => a.localeCompare(b, 'en')),
  critics: (await listCritics(useViews()))
    .map(({ id, name }) => ({ id, name }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
}))
