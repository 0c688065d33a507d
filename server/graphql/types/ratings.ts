/** How reviews rate, in numbers. */
import { type Ratings, ratingsOf } from '../../queries/ratings'
import { builder } from '../builder'
import { filterArguments, readFilter } from '../filter'

const RatingCount = builder.objectRef<Ratings['distribution'][number]>('RatingCount').implement({
  fields: t => ({
    rating: t.exposeFloat('rating', { description: '0 to 5, in halves.' }),
    reviews: t.exposeInt('reviews', { description: 'How many reviews give it.' }),
  }),
})

const RatingsType = builder.objectRef<Ratings>('Ratings').implement({
  description: 'How some reviews rate.',
  fields: t => ({
    count: t.exposeInt('count', { description: 'How many reviews there are.' }),
    average: t.exposeFloat('average', { nullable: true, description: 'Null without a review.' }),
    distribution: t.field({
      type: [RatingCount],
      description: 'The ratings that were given, the best first.',
      resolve: ({ distribution }) => distribution,
    }),
  }),
})

export const addRatings = () =>
  builder.queryField('ratings', t =>
    t.field({
      type: RatingsType,
      nullable: true,
      description: 'How the published reviews rate, or those that match.',
      args: filterArguments(),
      extensions: { cost: 250, costWith: { q: 250 } },
      resolve: async (_, args, { views }) => ratingsOf(views, await readFilter(args)),
    }),
  )
