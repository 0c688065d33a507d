/** DELETE /api/webhooks/:id: nobody is called there any more; what was planned and has not left does not leave. */
import { defineEventHandler, getRouterParam, sendNoContent } from 'h3'
import { requireScope } from '../../../access'
import { removeWebhook } from '../../../channels/webhooks/store'
import { useApp } from '../../../db/open'

export default defineEventHandler(async event => {
  await requireScope(event, 'webhooks')
  await removeWebhook(await useApp(), getRouterParam(event, 'id')!, Date.now())
  return sendNoContent(event)
})
