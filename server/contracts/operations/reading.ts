/** The routes that anybody may read. */
import { z } from 'zod'
import { linksSchema } from '../../../shared/schemas/answers/links'
import {
  criticEntrySchema,
  genreEntrySchema,
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
import { listFilter, pageFilter } from '../../queries/list-filter'
import type { Operations } from '../operation'

const _links = linksSchema
const wholeReview = publicReviewSchema.extend({ _links })
const wholeList = reviewListSchema.extend({ _links })
const next = z.string().nullable().describe('The cursor of the next page; null at the end.')
/** With `fields`, an item has just these and its id. */
const itemsOf = (entry: z.ZodObject) =>
  z.array(z.union([entry.extend({ _links }), entry.partial().required({ id: true })]))

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
    does: 'The films that have a review, by title, and their genres; all unless there is a limit',
    who: 'public',
    query: pageFilter,
    answers: {
      200: z.object({
        items: itemsOf(movieEntrySchema),
        genres: z.array(genreEntrySchema),
        next,
        _links,
      }),
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
    does: 'The critics who have a review, who published last first; all unless there is a limit',
    who: 'public',
    query: pageFilter,
    answers: { 200: z.object({ items: itemsOf(criticEntrySchema), next, _links }) },
    cacheable: true,
  },
  'GET /api/critics/:id': {
    does: 'A critic by id or slug, and how many reviews they have',
    who: 'public',
    answers: { 200: criticEntrySchema.extend({ _links }) },
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
