/** What a query begins with to get one review, film or critic. */
import { Problem, problem } from '../../http/problem'
import { criticAt } from '../../queries/critics'
import { findMovie } from '../../queries/movies'
import { reviewBySlugOrId } from '../../queries/review'
import { card } from '../../review/public-review'
import { builder } from '../builder'
import { Critic, Movie, movieOf, Review } from './refs'

export const addSingles = () =>
  builder.queryFields(t => ({
    review: t.field({
      type: Review,
      nullable: true,
      description:
        'Null if there is no such review; one that was withdrawn is an error with the reason.',
      args: { id: t.arg.id({ required: true, description: 'An id or a slug.' }) },
      resolve: async (_, { id }, { views, siteUrl }) => {
        const found = await reviewBySlugOrId(views, siteUrl, id)
        if (found?.archived)
          problem(410, 'This review was withdrawn', found.archived.reason, undefined, {
            members: { ...found.archived },
          })
        return found && card(found.review)
      },
    }),
    movie: t.field({
      type: Movie,
      nullable: true,
      description: 'Null if we have reviewed no such film.',
      args: { id: t.arg.id({ required: true, description: 'Its id, or one that it had once.' }) },
      resolve: (_, { id }, { views, load }) => findMovie(views, id, movie => movieOf(movie, load)),
    }),
    critic: t.field({
      type: Critic,
      nullable: true,
      description: 'Null if nobody of that name has a published review.',
      args: { id: t.arg.id({ required: true, description: 'An id or a slug.' }) },
      resolve: (_, { id }, { views }) => criticAt(views, id).catch(nullIfMissing),
    }),
  }))

function nullIfMissing(error: unknown): null {
  if (error instanceof Problem && error.statusCode === 404) return null
  throw error
}
