/** The search of the site, with the words that matched. */
import { z } from 'zod'
import type { Excerpt, SearchAnswer } from '../../../shared/types/reading'
import { fit } from '../../http/read-input'
import { search } from '../../queries/search'
import { builder } from '../builder'
import { Review } from './refs'

const Question = z.object({ q: z.string().trim().max(200) })

const ExcerptPiece = builder.objectRef<Excerpt[number]>('ExcerptPiece').implement({
  description: 'A piece of the text around a match; the pieces follow each other.',
  fields: t => ({
    text: t.exposeString('text'),
    matches: t.boolean({ resolve: ({ matches = false }) => matches }),
  }),
})

const SearchMatch = builder.objectRef<SearchAnswer['items'][number]>('SearchMatch').implement({
  fields: t => ({
    review: t.field({ type: Review, resolve: ({ excerpt: _, ...card }) => card }),
    excerpt: t.field({
      type: [ExcerptPiece],
      nullable: true,
      description: 'Where the words occur in it.',
      resolve: ({ excerpt }) => excerpt,
    }),
  }),
})

const Suggestion = builder
  .objectRef<NonNullable<SearchAnswer['meant']>>('SearchSuggestion')
  .implement({
    fields: t => ({
      word: t.exposeString('word'),
      reviews: t.exposeInt('reviews', { description: 'How many reviews contain it.' }),
    }),
  })

const Result = builder.objectRef<SearchAnswer>('SearchResult').implement({
  fields: t => ({
    items: t.field({
      type: [SearchMatch],
      description: 'Best first, at most 50.',
      extensions: { length: 50 },
      resolve: ({ items }) => items,
    }),
    meant: t.field({
      type: Suggestion,
      nullable: true,
      description: 'A similar word that reviews contain, if none matches.',
      resolve: ({ meant }) => meant,
    }),
  }),
})

export const addSearch = () =>
  builder.queryField('search', t =>
    t.field({
      type: Result,
      nullable: true,
      description: 'The reviews that match a reader’s words, best first.',
      args: { q: t.arg.string({ required: true }) },
      extensions: { cost: 500 },
      resolve: async (_, args, { views, siteUrl }) => {
        const { q } = await fit(Question, args)
        return q ? search(views, siteUrl, q) : { items: [] }
      },
    }),
  )
