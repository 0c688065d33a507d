/** DELETE /api/webhooks/:id: removes a webhook; what was planned but not sent yet is not sent. */
import { defineEventHandler, getRouterParam, sendNoContent } from 'h3'
import { onlyOf, requireScope } from '../../../access'
import { removeWebhook } from '../../../channels/webhooks/store'
import { useApp } from '../../../db/open'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'webhooks')
  const which = { id: getRouterParam(event, 'id')!, onlyOf: onlyOf(who) }
  await removeWebhook(await useApp(), which, Date.now())
  return sendNoContent(event)
})
