/** The routes that anybody may read. */
import { z } from 'zod'
import { reviewAsOfSchema } from '../../../shared/schemas/answers/as-of'
import { linksSchema } from '../../../shared/schemas/answers/links'
import { problemSchema } from '../../../shared/schemas/answers/problem'
import {
  criticEntrySchema,
  criticPageSchema,
  genreEntrySchema,
  movieAnswerSchema,
  movieEntrySchema,
  reviewListSchema,
  searchAnswerSchema,
} from '../../../shared/schemas/answers/reading'
import {
  archivedSchema,
  cardSchema,
  pickedCardSchema,
  pickedReviewSchema,
  publicReviewSchema,
} from '../../../shared/schemas/answers/review'
import { reviewQuery, searchQuery } from '../../../shared/schemas/reading'
import { repliesSchema } from '../../../shared/schemas/replies'
import { listFilter, pageFilter } from '../../queries/list-filter'
import type { Operations } from '../operation'

const _links = linksSchema
const next = reviewListSchema.shape.next
const listedReview = cardSchema.extend({ _links }).meta({ id: 'ListedReview' })
const listedMovie = movieEntrySchema.extend({ _links }).meta({ id: 'ListedMovie' })
const listedCritic = criticEntrySchema.extend({ _links }).meta({ id: 'ListedCritic' })
/** A problem that says what is left of it in public. */
const gone = problemSchema.extend(archivedSchema.shape)
/** A list as a whole, and one of which only some fields were asked for. */
const listOf = (list: z.ZodObject, whole: z.ZodObject, picked: z.ZodObject) =>
  z.union([
    list.extend({ items: z.array(whole), _links }),
    list.extend({ items: z.array(picked), _links }),
  ])
const pickedOf = (whole: z.ZodObject) => whole.partial().required({ id: true })
const movies = z.object({ genres: z.array(genreEntrySchema), next })
const critics = z.object({ next })

export const READING: Operations = {
  'GET /api/reviews': {
    does: 'The latest reviews as cards, newest first, filtered and paged',
    who: 'public',
    query: listFilter,
    answers: { 200: listOf(reviewListSchema, listedReview, pickedCardSchema) },
    refuses: { 404: ['No such genre', 'No such critic'] },
    cacheable: true,
  },
  'GET /api/reviews/:id': {
    does: 'One review by its id or slug, with all fields or only some',
    who: 'public',
    query: reviewQuery,
    answers: {
      200: z.union([
        publicReviewSchema.extend({ _links }),
        pickedReviewSchema.extend({ _links }),
        reviewAsOfSchema,
      ]),
      410: { type: 'application/problem+json', is: gone },
    },
    refuses: { 404: ['No such review'] },
    cacheable: true,
  },
  'GET /api/reviews/:id/replies': {
    does: 'What people of the fediverse say about a review, and how many like it or passed it on',
    who: 'public',
    answers: { 200: repliesSchema },
    refuses: { 404: ['No such review'] },
    cacheable: true,
  },
  'GET /api/movies': {
    does: 'The films that have a review, by title, and their genres; all unless there is a limit',
    who: 'public',
    query: pageFilter,
    answers: { 200: listOf(movies, listedMovie, pickedOf(movieEntrySchema)) },
    cacheable: true,
  },
  'GET /api/movies/:id': {
    does: 'A film and our reviews of it; a former address is redirected to its own',
    who: 'public',
    answers: {
      200: movieAnswerSchema.extend({ _links }),
      308: movieAnswerSchema.extend({ _links }),
    },
    refuses: { 404: ['No such movie'] },
    cacheable: true,
  },
  'GET /api/critics': {
    does: 'The critics who have a review, who published last first; all unless there is a limit',
    who: 'public',
    query: pageFilter,
    answers: { 200: listOf(critics, listedCritic, pickedOf(criticEntrySchema)) },
    cacheable: true,
  },
  'GET /api/critics/:id': {
    does: 'A critic by id or slug, and how many reviews they have',
    who: 'public',
    answers: { 200: criticPageSchema.extend({ _links }) },
    refuses: { 404: ['No such critic'] },
    cacheable: true,
  },
  'GET /api/search': {
    does: 'The reviews that match, best first',
    who: 'public',
    query: searchQuery,
    answers: { 200: searchAnswerSchema },
    cacheable: true,
  },
}
