/** Publishes a review of a film through the API, titled "On" and the film's title. */
import type { Caller } from './account'

export interface Published {
  id: string
  slug: string
  url: string
  event: { id: string; position: number }
}

export async function publish(
  ask: Caller,
  given: {
    movie?: { title: string; year?: number; genres: string[] }
    rating?: number
    parts?: object
  } = {},
): Promise<Published> {
  const {
    movie = { title: 'The Third Man', year: 1949, genres: ['Thriller'] },
    rating = 5,
    parts,
  } = given
  const draft = await ask('/api/reviews', {
    body: { title: `On ${movie.title}`, movie, rating, summary: 'Seen twice.', body: 'Vienna.' },
  })
  const done = await ask(`/api/reviews/${draft.body.id}/publish`, { body: { parts } })
  if (done.status !== 202)
    throw new Error(`not published: ${JSON.stringify([draft.body, done.body])}`)
  return done.body
}
