/** The query parameters of lists. */
import { z } from 'zod'

const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .transform(value => value || undefined)
    .optional()

const rating = z
  .string()
  .trim()
  .regex(/^([0-4](\.[05])?|5(\.0)?)?$/, 'must be 0 to 5 in halves')
  .transform(value => (value ? Number(value) : undefined))
  .optional()

/** Where the next page begins. */
export const cursor = text(200)

/** Genre, critic and minimum rating narrow lists and feeds alike. */
export const narrowing = { genre: text(60), critic: text(100), minRating: rating }

/** What narrows a feed, and where its next page begins. */
export const feedQuery = z.object({ ...narrowing, after: cursor })

/** `fields` are names with commas between them. */
const paging = {
  limit: z
    .string()
    .regex(/^\d{1,4}$/, 'must be a whole number')
    .transform(Number)
    .refine(n => n >= 1 && n <= 100, 'must be 1 to 100')
    .optional(),
  fields: text(1000),
}

export const listFilter = z.object({ ...narrowing, ...paging, after: cursor, q: text(200) })

/** Of a list that is whole unless a limit is given. */
export const pageFilter = z.object({ ...paging, after: text(2000) })
export type PageFilter = Partial<Pick<z.output<typeof pageFilter>, 'limit' | 'after'>>
