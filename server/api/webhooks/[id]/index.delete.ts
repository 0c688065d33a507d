/** DELETE /api/webhooks/:id: removes a webhook; what was planned but not sent yet is not sent. */
import { defineEventHandler, getRouterParam, sendNoContent } from 'h3'
import { requireScope } from '../../../access'
import { removeWebhook } from '../../../channels/webhooks/store'
import { useApp } from '../../../db/open'

export default defineEventHandler(async event => {
  await requireScope(event, 'webhooks')
  await removeWebhook(await useApp(), getRouterParam(event, 'id')!, Date.now())
  return sendNoContent(event)
})
