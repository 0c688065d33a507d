/** Paths of pages that are named after user input. */
export const genrePath = (genre: string) => `/genres/${encodeURIComponent(genre.toLowerCase())}`
export const moviePath = (id: string) => `/movies/${encodeURIComponent(id)}`
export const criticPath = (id: string) => `/critics/${encodeURIComponent(id)}`
