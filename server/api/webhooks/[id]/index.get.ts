/** GET /api/webhooks/:id: how it goes, what it answered last, its newest deliveries; never the secret. */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { webhookSheet } from '../../../channels/webhooks/sheet'
import { appReadOnly } from '../../../db/open'

export default defineEventHandler(async event => {
  await requireScope(event, 'webhooks')
  return webhookSheet(appReadOnly(), getRouterParam(event, 'id')!, Date.now())
})
