/** Validates a review that comes in, field by field. */
import { z } from 'zod'
import { MOST_BYTES } from '../markdown/limits'
import { asOneLine } from '../one-line'
import { REPLACEMENTS } from '../types/desk'

/** Text of one or more lines without control characters; trimmed, otherwise kept as typed. */
const text = (max: number, min = 0) =>
  z
    .string()
    .max(max)
    .refine(v => v.trim().length >= min, 'must not be empty')
    .refine(v => !/[^\P{Cc}\t\r\n]/u.test(v), 'must not hold control characters')
    // Embeddings and overrides turn the text around a title too; marks and isolates stay.
    .transform(v => v.replaceAll(/[\u202A-\u202E]/g, '').trim())
const line = (max: number, min = 0) =>
  text(max, min).refine(v => !/[\r\n]/.test(v), 'must be one line')

const utf8 = new TextEncoder()

const rating = z.number().min(0).max(5).multipleOf(0.5, 'must be a number in halves, from 0 to 5')

const poster = z.object({ url: line(500, 1), alt: line(500, 0).default('') })

export const movie = z.object({
  title: line(300, 1),
  year: z.number().int().min(1870).max(2100).optional(),
  imdbId: z
    .string()
    .regex(/^tt\d{7,10}$/, 'must look like tt0041959')
    .optional(),
  genres: z.array(line(40, 1)).max(20).default([]),
  director: line(200).optional(),
  minutes: z.number().int().min(1).max(10_000).optional(),
  ratio: z.number().min(0.5).max(4).optional(),
  poster: poster.optional(),
})

const fields = {
  title: line(300, 1),
  movie,
  rating,
  /** One paragraph: a line break becomes a space. */
  summary: text(300).transform(asOneLine),
  body: z
    .string()
    .refine(v => utf8.encode(v).length <= MOST_BYTES, 'must be at most 100 kB')
    .refine(v => !v.includes('\0'), 'must not hold control characters'),
  tags: z.array(line(60, 1)).max(20),
  spoiler: z.boolean(),
}

/** POST /api/reviews: title, movie.title and rating are required. */
export const newReview = z.strictObject({
  ...fields,
  summary: fields.summary.default(''),
  body: fields.body.default(''),
  tags: fields.tags.default([]),
  spoiler: fields.spoiler.default(false),
})

/** Any of the fields; a working copy may also have an empty title or no rating yet (null takes a field back). */
export const someFields = z
  .strictObject({ ...fields, title: line(300), movie: movie.nullable(), rating: rating.nullable() })
  .partial()

/** A change to a published review: whole fields, none of them empty. */
export const publishedFields = z.strictObject(fields).partial()

const PART_NAME = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/)

/** The critic's choice for each part in the publish panel: off, or custom words. */
const parts = z.record(
  PART_NAME,
  z.union([z.literal(false), z.literal(true), z.strictObject({ text: text(5000).optional() })]),
)

const note = text(2000, 1)
export const publishInput = z.strictObject({ parts: parts.optional() })
/** A preview takes the same choices as Publish. */
export const previewInput = publishInput
/** Other words for a part after publishing; an empty object brings back its own. */
const words = z.record(PART_NAME, z.strictObject({ text: text(5000).optional() }))
export const fixInput = publishedFields.extend({ parts: words.optional() })
export const correctInput = fixInput.extend({ note })
/** null sends the channel's own words instead of the critic's. */
export const redriveInput = z.strictObject({ text: text(5000).nullable().optional() })
/** The dead letters of one part for one review. */
export const redrivePartInput = z.strictObject({ part: z.string() })
/** Why a text is replaced, if it was not typed; its earlier state is then a version of its own. */
export const replacementQuery = z.object({ reason: z.enum(REPLACEMENTS).optional() })
/** `forGood`: it can never be restored, and its posters are deleted. */
export const archiveInput = z.strictObject({ reason: note, forGood: z.boolean().optional() })
/** The title once more: an erasure cannot be undone. */
export const eraseInput = z.strictObject({ title: line(300, 1) })
export const nothing = z.strictObject({})
export const scheduleInput = z.strictObject({
  at: z.iso.datetime({ offset: true }).transform(at => new Date(at).toISOString()),
  timeZone: z
    .string()
    .refine(zone => {
      try {
        return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
      } catch {
        return false
      }
    }, 'must be a time zone such as Europe/Vienna')
    .optional(),
  parts: parts.optional(),
})
