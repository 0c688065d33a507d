/** What a listener asks for: which events, about which reviews, and how much of a review each notice carries. The same in a batch, a stream, a webhook and every other way to listen. */
import { z } from 'zod'
import { REVIEW_FIELDS } from '../review-fields'
import { NOTICE_TYPES } from '../types/notice'
import { wantsSchema } from './wants'

export const SHAPES = ['thin', 'fat', 'pick'] as const
const MOST = 100

/** Counted before its entries are looked at, so that a list of 10,000 is one problem and not 10,000. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(z.unknown())
    .min(1, 'must name at least one')
    .max(MOST)
    .pipe(z.array(item))
    .transform(list => [...new Set(list)])

const oneOf = <const Name extends string>(names: readonly Name[], what: string) =>
  z.enum(names, `is not a ${what}; must be one of ${names.join(', ')}`)

/** A missing one asks for all types, all reviews, everything. */
export const subscriptionFields = {
  types: listOf(oneOf(NOTICE_TYPES, 'notice type')),
  subject: listOf(z.string().regex(/^[\w-]{1,64}$/, 'must be the id of a review')),
  wants: wantsSchema.pick({ genres: true, critics: true, minRating: true }),
  shape: z.enum(SHAPES, 'must be thin, fat or pick'),
  fields: listOf(oneOf(REVIEW_FIELDS, 'field')),
}

/** `fields` alone mean the shape pick, and nothing at all means thin. */
export const subscriptionSchema = z
  .strictObject(subscriptionFields)
  .partial()
  .transform(asked => ({ ...asked, shape: asked.shape ?? (asked.fields ? 'pick' : 'thin') }))
  .superRefine((asked, context) => {
    const message = fieldsProblem(asked)
    if (message) context.addIssue({ code: 'custom', path: ['fields'], message })
  })

export type Subscription = z.output<typeof subscriptionSchema>
export type Shape = Subscription['shape']

/** Why shape and fields do not go together, as the rest of a sentence about `fields`. */
export function fieldsProblem({
  shape,
  fields,
}: {
  shape: string
  fields?: readonly string[] | null
}): string | undefined {
  if (shape === 'pick' && !fields?.length) return 'must name the fields for the shape pick'
  if (shape !== 'pick' && fields?.length) return 'is only for the shape pick'
}
