/**
 * PATCH /api/webhooks/:id {url?, types?, shape?, fields?, enabled?}: changes a webhook, or switches
 * it off or on.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { changedWebhook } from '../../../channels/webhooks/schema'
import { changeWebhook } from '../../../channels/webhooks/store'
import { webhookPage } from '../../../channels/webhooks/webhook-page'
import { useApp } from '../../../db/open'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  await requireScope(event, 'webhooks')
  const changes = await readInput(event, changedWebhook)
  const id = getRouterParam(event, 'id')!
  const app = await useApp()
  await changeWebhook(app, id, changes, Date.now())
  return webhookPage(app, id, Date.now())
})
