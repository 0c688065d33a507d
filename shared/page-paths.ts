/** Paths of pages that are named after user input, in any script; in an address it is percent-encoded. */
import { genreKey } from './genre-key'

export const reviewPath = (slug: string) => `/reviews/${encodeURIComponent(slug)}`
export const moviePath = (id: string) => `/movies/${encodeURIComponent(id)}`
/** By slug or id. */
export const criticPath = (critic: string) => `/critics/${encodeURIComponent(critic)}`
export const genrePath = (genre: string) => `/genres/${encodeURIComponent(genreKey(genre))}`
