/** What happens to reviews, as a stream: the events of the log that a client asks for. */
import { subscriptionSchema } from '../../../shared/schemas/subscription'
import { NOTICE_TYPE, type PublicEventType } from '../../../shared/types/notice'
import { fit } from '../../http/read-input'
import { useLog } from '../../log'
import { withKnownNames } from '../../notices/known-names'
import { card } from '../../review/public-review'
import { builder } from '../builder'
import { follow, type Heard, startOf } from '../follow'
import { Review } from './refs'

const ReviewEvent = builder.objectRef<Heard>('ReviewEvent').implement({
  description: 'Something that happened to a review, with the review as it may be shown now.',
  fields: t => ({
    id: t.id({ resolve: ({ event }) => event.id }),
    type: t.string({
      description: 'The type of its notice, such as com.mymovies.review.published.v1.',
      resolve: ({ event }) => NOTICE_TYPE[event.type as PublicEventType],
    }),
    position: t.int({
      description: 'Its place in the log, with which a stream resumes.',
      resolve: ({ event }) => event.position,
    }),
    time: t.field({ type: 'DateTime', resolve: ({ event }) => event.at }),
    subject: t.id({
      description: 'The id of the review.',
      resolve: ({ event }) => event.data.id,
    }),
    url: t.exposeString('url', { description: 'The address of the review’s page.' }),
    api: t.string({
      description: 'The address of the review in the REST API.',
      resolve: ({ event }, _, { siteUrl }) => `${siteUrl}/api/reviews/${event.data.id}`,
    }),
    withdrawn: t.boolean({
      description: 'Whether the review is public no more.',
      resolve: ({ review }) => !review,
    }),
    review: t.field({
      type: Review,
      nullable: true,
      description: 'Null if it was withdrawn, also in events from before.',
      resolve: ({ review }) => review && card(review),
    }),
  }),
})

const ReviewWants = builder.inputType('ReviewWants', {
  description: 'Of each list one must match, and of all that is given each.',
  fields: t => ({
    genres: t.stringList(),
    critics: t.idList({ description: 'Ids or slugs.' }),
    minRating: t.float({ description: '0 to 5 in halves.' }),
  }),
})

export const addEvents = () => {
  builder.subscriptionType({ description: 'What is sent as it happens, as server-sent events.' })
  builder.subscriptionField('reviewEvents', t =>
    t.field({
      type: ReviewEvent,
      description: 'Resumes after the Last-Event-ID header, else after the position `after`.',
      args: {
        types: t.arg.stringList({ description: 'Only events of these types.' }),
        subject: t.arg.idList({ description: 'Only events of these reviews, by id.' }),
        wants: t.arg({
          type: ReviewWants,
          description: 'Only reviews that match, before or after the event.',
        }),
        after: t.arg.int({
          description: 'The position to begin after: 0 for all there ever was; default is now.',
        }),
      },
      subscribe: async (_, { after, ...asked }, context) => {
        const log = useLog()
        const read = await fit(subscriptionSchema, withoutNulls(asked))
        const wanted = await withKnownNames(context.views, read, 422)
        return follow(log, wanted, await startOf(log, after, context.exchange), context)
      },
      resolve: heard => heard,
    }),
  )
}

/** Null means the same as nothing, at every level. */
const withoutNulls = (given: object): object =>
  JSON.parse(JSON.stringify(given, (_, value: unknown) => value ?? undefined))
