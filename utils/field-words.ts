/** The fields of a review as the desk calls them. */
const NAMES: Record<string, string> = {
  title: 'title',
  movie: 'film',
  tags: 'tags',
  summary: 'summary',
  body: 'text',
  spoiler: 'spoiler note',
  rating: 'rating',
}

/** "title, film and rating": the fields that changed. An unknown one keeps its name. */
export const fieldWords = (changes: { field: string }[]): string =>
  new Intl.ListFormat('en-GB').format(changes.map(({ field }) => NAMES[field] ?? field))
