/**
 * Validates what an integrator asks for: where to call, on which notices, and with how much of the
 * review.
 */
import { z } from 'zod'
import { fieldsProblem, subscriptionFields } from '../../../shared/schemas/subscription'
import { refuse } from '../../http/problem'
import { checkTarget } from '../../outbound/client'

const url = z.string().superRefine((written, context) => {
  const why = checkTarget('webhook', written)
  if (why) context.addIssue(why)
})
const { types, subject, wants, shape, fields } = subscriptionFields

/** Of a body: ten thousand ids are refused for being too many, with the name of the field. */
export const MOST_BYTES = 512 * 1024

/** `from` is the first position that counts. */
export const newWebhook = z.strictObject({
  url,
  types: types.optional(),
  subject: subject.optional(),
  wants: wants.optional(),
  shape,
  fields: fields.optional(),
  from: z.number().int().min(0).optional(),
})

/**
 * `types: null` means all of them again, and so for `subject` and `wants`; `enabled` pauses a
 * webhook, or switches it on again, even if we switched it off.
 */
export const changedWebhook = z
  .strictObject({
    url,
    types: types.nullable(),
    subject: subject.nullable(),
    wants: wants.nullable(),
    shape,
    fields,
    enabled: z.boolean(),
  })
  .partial()

export type NewWebhook = z.output<typeof newWebhook>
export type ChangedWebhook = z.output<typeof changedWebhook>

/** Throws a 422 if shape and fields do not go together. */
export function checkFields(form: Parameters<typeof fieldsProblem>[0]) {
  const message = fieldsProblem(form)
  if (message) refuse('fields', message)
}
