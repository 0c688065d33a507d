/**
 * GET /api/webhooks/:id: a webhook's health, its last answer and its newest deliveries; never its
 * secret.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { onlyOf, requireScope } from '../../../access'
import { webhookPage } from '../../../channels/webhooks/webhook-page'
import { appReadOnly } from '../../../db/open'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'webhooks')
  const which = { id: getRouterParam(event, 'id')!, onlyOf: onlyOf(who) }
  return webhookPage(appReadOnly(), which, Date.now())
})
