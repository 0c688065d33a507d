/** The lists of reviews, films and critics, in pages. */
import { criticWindow } from '../../queries/critics'
import { movieWindow } from '../../queries/movies'
import { reviewWindow } from '../../queries/review-window'
import { builder } from '../builder'
import { filterArguments, readFilter } from '../filter'
import { pageOf, reviewPage } from '../page'
import { Critic, Movie, movieOf, Review, ReviewConnection } from './refs'

/** Of a list that is sorted as a whole for each of its pages. */
const SORTING = { cost: 500 }

export const addLists = () =>
  builder.queryFields(t => ({
    reviews: t.connection(
      {
        type: Review,
        nullable: true,
        description: 'The published reviews, newest first.',
        args: filterArguments(),
        extensions: { costWith: { genre: 100, q: 250 } },
        resolve: async (_, args, { views, siteUrl }) => {
          const filter = await readFilter(args)
          return reviewPage(args, window => reviewWindow(views, siteUrl, filter, window))
        },
      },
      ReviewConnection,
    ),
    movies: t.connection(
      {
        type: Movie,
        nullable: true,
        description: 'The films with a published review, by title.',
        extensions: SORTING,
        resolve: (_, args, { views, load }) =>
          pageOf(args, async window => {
            const places = await movieWindow(views, window)
            const movies = await Promise.all(places.map(({ id }) => movieOf(id, load)))
            return places.flatMap(({ cursor }, i) => {
              const node = movies[i]
              return node ? [{ node, cursor }] : []
            })
          }),
      },
      { name: 'MovieConnection' },
      { name: 'MovieEdge' },
    ),
    critics: t.connection(
      {
        type: Critic,
        nullable: true,
        description: 'The critics with a published review, the one of the newest review first.',
        extensions: SORTING,
        resolve: (_, args, { views }) =>
          pageOf(args, async window => {
            const places = await criticWindow(views, window)
            return places.map(({ critic, cursor }) => ({ node: critic, cursor }))
          }),
      },
      { name: 'CriticConnection' },
      { name: 'CriticEdge' },
    ),
  }))
