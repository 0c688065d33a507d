/**
 * GET /api/webhooks/:id: a webhook's health, its last answer and its newest deliveries; never its
 * secret.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { webhookPage } from '../../../channels/webhooks/webhook-page'
import { appReadOnly } from '../../../db/open'

export default defineEventHandler(async event => {
  await requireScope(event, 'webhooks')
  return webhookPage(appReadOnly(), getRouterParam(event, 'id')!, Date.now())
})
