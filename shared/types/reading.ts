/** What the public API returns to a read, apart from the review itself; shared/schemas/answers/reading.ts says what each field means. */
import type { z } from 'zod'
import type {
  criticEntrySchema,
  criticPageSchema,
  excerptSchema,
  genreEntrySchema,
  movieAnswerSchema,
  movieEntrySchema,
  reviewListSchema,
  scoreSchema,
  searchAnswerSchema,
} from '../schemas/answers/reading'

export type ReviewList = z.output<typeof reviewListSchema>

export type Score = z.output<typeof scoreSchema>

/** No source of outside scores is connected yet. */
export type MovieAnswer = z.output<typeof movieAnswerSchema>

export type MovieEntry = z.output<typeof movieEntrySchema>

export type GenreEntry = z.output<typeof genreEntrySchema>

export type CriticEntry = z.output<typeof criticEntrySchema>

export type CriticPage = z.output<typeof criticPageSchema>

/** A stretch of text in pieces, some of which match a search. */
export type Excerpt = z.output<typeof excerptSchema>

export type SearchAnswer = z.output<typeof searchAnswerSchema>
