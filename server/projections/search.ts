/** The words of every shown review, for full-text search. */
import { plainText } from '../../shared/markdown/plain-text'
import { defineProjection } from '../read-models/define-projection'
import type { PublishedContent } from '../review/events'

export interface SearchRow {
  id: string
  shown: number
  title: string
  film: string
  critic: string
  tags: string
  summary: string
  body: string
}

const words = ({ title, movie, tags, summary, tree }: Partial<PublishedContent>) => ({
  ...(title !== undefined && { title }),
  ...(movie && {
    film: `${movie.title} ${movie.year ?? ''} ${movie.director ?? ''} ${movie.genres.join(' ')}`,
  }),
  ...(tags && { tags: tags.join(' ') }),
  ...(summary !== undefined && { summary }),
  ...(tree && { body: plainText(tree) }),
})

export default defineProjection<SearchRow>({
  name: 'search',
  shownAs: ['Search'],
  version: 2,
  columns: {
    id: 'text',
    shown: 'integer',
    title: 'text',
    film: 'text',
    critic: 'text',
    tags: 'text',
    summary: 'text',
    body: 'text',
  },
  fullText: { title: 8, film: 8, critic: 4, tags: 4, summary: 2, body: 1 },
  on: {
    ReviewPublished: (_, { data }) => ({
      id: data.id,
      shown: 1,
      title: '',
      film: '',
      tags: '',
      summary: '',
      body: '',
      critic: data.critic.name,
      ...words(data.content),
    }),
    ReviewFixed: (row, { data }) => row && { ...row, ...words(data.changes) },
    ReviewCorrected: (row, { data }) => row && { ...row, ...words(data.changes) },
    ReviewArchived: row => row && { ...row, shown: 0 },
    ReviewRestored: row => row && { ...row, shown: 1 },
    ReviewErased: () => null,
  },
})
