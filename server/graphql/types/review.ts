/** A review, as the public may see it; a list loads the texts of its reviews only if they are asked for. */
import { toHtml } from '../../../shared/markdown/to-html'
import type { Card, Correction, PublicReview } from '../../../shared/types/review'
import { builder } from '../builder'
import type { Context } from '../context'
import { Critic, Movie, Review } from './refs'

const RatingChange = builder
  .objectRef<NonNullable<Correction['rating']>>('RatingChange')
  .implement({ fields: t => ({ was: t.exposeFloat('was'), is: t.exposeFloat('is') }) })

const CorrectionType = builder.objectRef<Correction>('Correction').implement({
  description: 'A published change of meaning.',
  fields: t => ({
    at: t.expose('at', { type: 'DateTime' }),
    note: t.exposeString('note', { description: 'What was corrected, in the critic’s words.' }),
    rating: t.field({
      type: RatingChange,
      nullable: true,
      description: 'Only where the correction changed it.',
      resolve: ({ rating }) => rating,
    }),
  }),
})

/** A field of the whole review; undefined if it was archived since the list was read. */
const whole =
  <Value>(read: (review: PublicReview) => Value) =>
  async ({ id }: Card, _: object, { load }: Context): Promise<Value | undefined> => {
    const found = await load.review(id)
    return found && read(found)
  }

export const addReview = () =>
  Review.implement({
    description: 'A published review.',
    fields: t => ({
      id: t.exposeID('id'),
      slug: t.exposeString('slug'),
      url: t.exposeString('url', { description: 'The address of its page.' }),
      title: t.exposeString('title'),
      movie: t.field({
        type: Movie,
        resolve: ({ id, movie }) => ({ ...movie, reviewId: id }),
      }),
      critic: t.field({ type: Critic, resolve: ({ critic }) => critic }),
      rating: t.exposeFloat('rating', { description: '0 to 5, in halves.' }),
      summary: t.exposeString('summary', { description: 'Plain text, at most 300 characters.' }),
      genres: t.exposeStringList('genres', { description: 'Those of the film.' }),
      spoiler: t.boolean({
        description: 'Whether the text gives the plot away.',
        resolve: ({ spoiler = false }) => spoiler,
      }),
      publishedAt: t.expose('publishedAt', { type: 'DateTime' }),
      correctedAt: t.expose('correctedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When a change of meaning was last published.',
      }),
      fixedAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'When a typo was last fixed.',
        resolve: whole(review => review.fixedAt),
      }),
      corrections: t.field({
        type: [CorrectionType],
        nullable: true,
        resolve: whole(review => review.corrections),
      }),
      body: t.string({
        nullable: true,
        description: 'The text as Markdown.',
        resolve: whole(review => review.body),
      }),
      html: t.string({
        nullable: true,
        description: 'The text as HTML, with absolute links.',
        resolve: (card, args, context) =>
          whole(review => toHtml(review.tree, context.siteUrl))(card, args, context),
      }),
      tree: t.field({
        type: 'JSON',
        nullable: true,
        description: 'The text as the tree that its page is made from.',
        resolve: whole(review => review.tree),
      }),
      language: t.string({
        nullable: true,
        description: 'BCP 47; null where it is English, or the text too short to tell.',
        resolve: whole(review => review.language),
      }),
      tags: t.stringList({ nullable: true, resolve: whole(review => review.tags) }),
      sample: t.boolean({
        nullable: true,
        description: 'Whether it came with the site, to show what one looks like.',
        resolve: whole(review => review.sample ?? false),
      }),
    }),
  })
