/**
 * Validates what an integrator asks for: where to call, on which notices, and with how much of the
 * review.
 */
import { z } from 'zod'
import { NOTICE_TYPE } from '../../../shared/types/notice'
import { refuse } from '../../http/problem'
import { checkTarget } from '../../outbound/client'
import { REVIEW_FIELDS } from '../../queries/select-fields'

const each = <T extends string>(names: readonly T[], what: string) =>
  z
    .array(z.enum(names, `is not a ${what}; must be one of ${names.join(', ')}`))
    .min(1, 'must name at least one')
    .max(100)
    .transform(list => [...new Set(list)])

const url = z.string().superRefine((written, context) => {
  const why = checkTarget('webhook', written)
  if (why) context.addIssue(why)
})
const types = each(Object.values(NOTICE_TYPE), 'notice type')
const fields = each(REVIEW_FIELDS, 'field')
const shape = z.enum(['thin', 'fat', 'pick'])

/** `from` is the first position that counts. */
export const newWebhook = z.strictObject({
  url,
  types: types.optional(),
  shape,
  fields: fields.optional(),
  from: z.number().int().min(0).optional(),
})

/**
 * `types: null` means all of them again; `enabled` pauses a webhook, or switches it on again, even
 * if we switched it off.
 */
export const changedWebhook = z
  .strictObject({ url, types: types.nullable(), shape, fields, enabled: z.boolean() })
  .partial()

export type NewWebhook = z.output<typeof newWebhook>
export type ChangedWebhook = z.output<typeof changedWebhook>

/** Throws a 422 if shape and fields do not go together. */
export function checkFields({ shape, fields }: { shape: string; fields?: string[] | null }) {
  if (shape === 'pick' && !fields?.length)
    refuse('fields', 'must name the fields for the shape pick')
  if (shape !== 'pick' && fields?.length) refuse('fields', 'is only for the shape pick')
}
