/** A critic who has a published review. */
import { criticPath } from '../../../shared/page-paths'
import { reviewPage } from '../page'
import { Critic, Review, ReviewConnection } from './refs'

export const addCritic = () =>
  Critic.implement({
    description: 'Somebody who has written a published review.',
    fields: t => ({
      id: t.exposeID('id'),
      name: t.exposeString('name'),
      slug: t.string({
        description: 'The address of their page; it may change, the id never does.',
        resolve: ({ id, slug = id }) => slug,
      }),
      url: t.string({
        description: 'The address of their page.',
        resolve: ({ id, slug = id }, _, { siteUrl }) => siteUrl + criticPath(slug),
      }),
      reviewCount: t.int({
        description: 'How many published reviews they have.',
        resolve: async ({ id }, _, { load }) => (await load.critic(id))?.reviews ?? 0,
      }),
      newestReviewAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'When their newest review was published.',
        resolve: async ({ id }, _, { load }) => (await load.critic(id))?.newest,
      }),
      reviews: t.connection(
        {
          type: Review,
          description: 'Newest first.',
          resolve: ({ id }, args, { load }) =>
            reviewPage(args, async window => (await load.reviewsOf('critic_id', id, window)) ?? []),
        },
        ReviewConnection,
      ),
    }),
  })
