/** Hypermedia links: `_links` names relations and their absolute addresses, as in HAL. */
import { criticPath, moviePath, reviewPath } from '../../shared/page-paths'
import type { Card, Critic, Movie } from '../../shared/types/review'

export type Links = Record<string, { href: string }>

/** Paths become addresses; a relation without a path is left out. */
export const linksOf = (siteUrl: string, paths: Record<string, string | undefined>): Links =>
  Object.fromEntries(
    Object.entries(paths)
      .filter(([, path]) => path !== undefined)
      .map(([relation, path]) => [relation, { href: siteUrl + path! }]),
  )

/** A path with the parameters that have a value. */
export function pathWith(path: string, parameters: Record<string, unknown>): string {
  const given = Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)])
  return given.length ? `${path}?${new URLSearchParams(given)}` : path
}

/** `events` are those of this review alone, from the first. */
export const reviewLinks = (
  siteUrl: string,
  { id, slug, movie, critic }: Pick<Card, 'id' | 'slug' | 'movie' | 'critic'>,
): Links =>
  linksOf(siteUrl, {
    self: `/api/reviews/${id}`,
    html: reviewPath(slug),
    movie: `/api${moviePath(movie.id)}`,
    critic: `/api${criticPath(critic.id)}`,
    events: pathWith('/api/events', { subject: id }),
  })

export const movieLinks = (siteUrl: string, { id }: Pick<Movie, 'id'>): Links =>
  linksOf(siteUrl, { self: `/api${moviePath(id)}`, html: moviePath(id) })

export const criticLinks = (siteUrl: string, { id, slug = id }: Critic): Links =>
  linksOf(siteUrl, {
    self: `/api${criticPath(id)}`,
    html: criticPath(slug),
    reviews: pathWith('/api/reviews', { critic: id }),
    feed: pathWith('/feed.json', { critic: slug }),
    events: pathWith('/api/events', { critic: id }),
  })
