/**
 * GET /api/webhooks?limit≤500&after=ID: all webhooks, or those of a token's maker, in the order they
 * were created, without their secrets.
 */
import { defineEventHandler } from 'h3'
import { webhooksQuery } from '../../../shared/schemas/operating'
import { onlyOf, requireScope } from '../../access'
import { listWebhooks } from '../../channels/webhooks/view'
import { appReadOnly } from '../../db/open'
import { readQuery } from '../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'webhooks')
  const { after, limit } = await readQuery(event, webhooksQuery)
  const items = await listWebhooks(appReadOnly(), {
    after,
    limit,
    onlyOf: onlyOf(who),
    now: Date.now(),
  })
  return { items, next: items.length === limit ? items.at(-1)!.id : null }
})
