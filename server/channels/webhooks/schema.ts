/** What an integrator asks for: where to call, on which notices, how much of the review. */
import { z } from 'zod'
import { NOTICE_TYPE } from '../../../shared/types/notice'
import { refuse } from '../../http/problem'
import { checkTarget } from '../../outbound/client'
import { REVIEW_FIELDS } from '../../queries/select-fields'

const each = <T extends string>(names: readonly T[], what: string) =>
  z
    .array(z.enum(names, `is no ${what}; there are ${names.join(', ')}`))
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

/** `types: null` asks for all of them again; `enabled` pauses, and switches on again whoever switched it off. */
export const changedWebhook = z
  .strictObject({ url, types: types.nullable(), shape, fields, enabled: z.boolean() })
  .partial()

export type NewWebhook = z.output<typeof newWebhook>
export type ChangedWebhook = z.output<typeof changedWebhook>

/** 422 where shape and fields do not belong together. */
export function checkFields({ shape, fields }: { shape: string; fields?: string[] | null }) {
  if (shape === 'pick' && !fields?.length) refuse('fields', 'must name what the shape pick shows')
  if (shape !== 'pick' && fields?.length) refuse('fields', 'belongs to the shape pick')
}
