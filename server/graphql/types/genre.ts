/** The genres that reviews have. */
import type { GenreEntry } from '../../../shared/types/reading'
import { listGenres } from '../../queries/movies'
import { builder } from '../builder'

const Genre = builder.objectRef<GenreEntry>('Genre').implement({
  fields: t => ({
    name: t.exposeString('genre'),
    reviewCount: t.exposeInt('reviews', { description: 'How many published reviews have it.' }),
  }),
})

export const addGenres = () =>
  builder.queryField('genres', t =>
    t.field({
      type: [Genre],
      nullable: true,
      description: 'Every genre of a published review, the most common first.',
      extensions: { cost: 250 },
      resolve: (_, __, { views }) => listGenres(views),
    }),
  )
