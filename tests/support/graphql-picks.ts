/** What GraphQL picks of a review: the named fields, those inside others with a dot, or all. */

const INSIDE: Record<string, string> = {
  critic: 'id name slug',
  movie: 'id title year imdbId genres director minutes ratio poster { url alt }',
  corrections: 'at note rating { was is }',
}
const ALL = [
  'slug',
  'url',
  'title',
  'movie',
  'rating',
  'summary',
  'body',
  'tree',
  'language',
  'tags',
  'spoiler',
  'critic',
  'publishedAt',
  'fixedAt',
  'correctedAt',
  'corrections',
  'sample',
]

/** A selection; `movie.title` is a selection in a selection. */
export const picksOf = (fields: readonly string[] = ALL): string => fields.map(picked).join(' ')

function picked(field: string): string {
  const [name, inside = INSIDE[field]] = field.split('.')
  return inside ? `${name} { ${inside} }` : name!
}
