/**
 * POST /api/webhooks/:id/test: sends a signed test notice now and returns the webhook's answer; 200
 * whatever that was.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { idempotent, requireScope } from '../../../access'
import { callable } from '../../../channels/webhooks/audience'
import { sendTest } from '../../../channels/webhooks/send-test'
import { requireWebhook } from '../../../channels/webhooks/store'
import { useApp } from '../../../db/open'
import { useLog } from '../../../log'

export default defineEventHandler(async event => {
  await requireScope(event, 'webhooks')
  const row = await requireWebhook(await useApp(), getRouterParam(event, 'id')!)
  return idempotent(event, {}, async () =>
    sendTest(callable(row, Date.now()), await useLog().head(), Date.now()),
  )
})
