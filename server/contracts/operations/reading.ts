/** The routes that anybody may read. */
import { z } from 'zod'
import {
  criticEntrySchema,
  genreEntrySchema,
  linksSchema,
  movieAnswerSchema,
  movieEntrySchema,
  reviewListSchema,
  searchAnswerSchema,
} from '../../../shared/schemas/answers/reading'
import {
  pickedCardSchema,
  pickedReviewSchema,
  publicReviewSchema,
} from '../../../shared/schemas/answers/review'
import { reviewQuery, searchQuery } from '../../../shared/schemas/reading'
import { listFilter } from '../../queries/list-filter'
import type { Operations } from '../operation'

const _links = linksSchema
const wholeReview = publicReviewSchema.extend({ _links })
const wholeList = reviewListSchema.extend({ _links })

export const READING: Operations = {
  'GET /api/reviews': {
    does: 'The latest reviews as cards, newest first, filtered and paged',
    who: 'public',
    query: listFilter,
    answers: { 200: z.union([wholeList, wholeList.extend({ items: z.array(pickedCardSchema) })]) },
    refuses: { 404: ['No such genre', 'No such critic'] },
    cacheable: true,
  },
  'GET /api/reviews/:id': {
    does: 'One review by its id or slug, with all fields or only some',
    who: 'public',
    query: reviewQuery,
    answers: { 200: z.union([wholeReview, pickedReviewSchema.extend({ _links })]) },
    refuses: { 404: ['No such review'], 410: ['This review was withdrawn'] },
    cacheable: true,
  },
  'GET /api/movies': {
    does: 'The films that have a review, by title, and their genres',
    who: 'public',
    answers: {
      200: z.object({ items: z.array(movieEntrySchema), genres: z.array(genreEntrySchema) }),
    },
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
    does: 'The critics who have a review, the one of the newest review first',
    who: 'public',
    answers: { 200: z.object({ items: z.array(criticEntrySchema) }) },
    cacheable: true,
  },
  'GET /api/critics/:id': {
    does: 'A critic by id or slug, and how many reviews they have',
    who: 'public',
    answers: { 200: criticEntrySchema },
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
