/**
 * POST /api/webhooks/:id/test: sends a signed test notice now and returns the webhook's answer; 200
 * whatever that was.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { idempotent, onlyOf, requireScope } from '../../../access'
import { callable } from '../../../channels/webhooks/audience'
import { sendTest } from '../../../channels/webhooks/send-test'
import { requireWebhook } from '../../../channels/webhooks/store'
import { useApp } from '../../../db/open'
import { useLog } from '../../../log'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'webhooks')
  const which = { id: getRouterParam(event, 'id')!, onlyOf: onlyOf(who) }
  const row = await requireWebhook(await useApp(), which)
  return idempotent(event, {}, async () =>
    sendTest(callable(row, Date.now()), await useLog().head(), Date.now()),
  )
})
