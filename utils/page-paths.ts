/** Addresses of pages that are named after something people wrote. */
export const genrePath = (genre: string) => `/genres/${encodeURIComponent(genre.toLowerCase())}`
export const moviePath = (id: string) => `/movies/${encodeURIComponent(id)}`
export const criticPath = (id: string) => `/critics/${encodeURIComponent(id)}`
