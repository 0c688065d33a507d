/** A film that has a review, as a review describes it. */
import { moviePath } from '../../../shared/page-paths'
import type { Movie as WholeMovie, Poster } from '../../../shared/types/review'
import { builder } from '../builder'
import type { Context } from '../context'
import { reviewPage } from '../page'
import { Movie, type MovieShape, Review, ReviewConnection } from './refs'

const PosterType = builder.objectRef<Poster>('Poster').implement({
  fields: t => ({
    url: t.exposeString('url'),
    alt: t.exposeString('alt', { description: 'What it shows, for those who do not see it.' }),
  }),
})

const whole =
  <Value>(read: (movie: WholeMovie) => Value) =>
  async ({ reviewId }: MovieShape, _: object, { load }: Context): Promise<Value | undefined> => {
    const found = await load.review(reviewId)
    return found && read(found.movie)
  }

export const addMovie = () =>
  Movie.implement({
    description: 'A film that has a published review.',
    fields: t => ({
      id: t.exposeID('id', { description: 'Its address: title and year.' }),
      url: t.string({
        description: 'The address of its page.',
        resolve: ({ id }, _, { siteUrl }) => siteUrl + moviePath(id),
      }),
      title: t.exposeString('title'),
      year: t.exposeInt('year', { nullable: true }),
      poster: t.field({ type: PosterType, nullable: true, resolve: ({ poster }) => poster }),
      ratio: t.exposeFloat('ratio', {
        nullable: true,
        description: 'The width over the height of its frame.',
      }),
      genres: t.stringList({ nullable: true, resolve: whole(movie => movie.genres) }),
      director: t.string({ nullable: true, resolve: whole(movie => movie.director) }),
      minutes: t.int({
        nullable: true,
        description: 'Its length.',
        resolve: whole(movie => movie.minutes),
      }),
      imdbId: t.string({ nullable: true, resolve: whole(movie => movie.imdbId) }),
      rating: t.float({
        nullable: true,
        description: 'That of the newest review: 0 to 5, in halves.',
        resolve: async ({ id }, _, { load }) => (await load.movie(id))?.rating,
      }),
      reviewCount: t.int({
        description: 'How many published reviews it has.',
        resolve: async ({ id }, _, { load }) => (await load.movie(id))?.reviews ?? 0,
      }),
      reviews: t.connection(
        {
          type: Review,
          description: 'Newest first.',
          resolve: ({ id }, args, { load }) =>
            reviewPage(args, async window => (await load.reviewsOf('movie_id', id, window)) ?? []),
        },
        ReviewConnection,
      ),
    }),
  })
