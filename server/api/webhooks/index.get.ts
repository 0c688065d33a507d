/**
 * GET /api/webhooks?limit≤500&after=ID: all webhooks, or those of a token's maker, in the order they
 * were created, without their secrets.
 */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { onlyOf, requireScope } from '../../access'
import { listWebhooks } from '../../channels/webhooks/view'
import { appReadOnly } from '../../db/open'
import { readQuery } from '../../http/read-input'

const query = z.object({
  after: z.string().max(100).default(''),
  limit: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a whole number')
    .transform(Number)
    .refine(n => n >= 1 && n <= 500, 'must be from 1 to 500')
    .default(100),
})

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'webhooks')
  const { after, limit } = await readQuery(event, query)
  const items = await listWebhooks(appReadOnly(), {
    after,
    limit,
    onlyOf: onlyOf(who),
    now: Date.now(),
  })
  return { items, next: items.length === limit ? items.at(-1)!.id : null }
})
