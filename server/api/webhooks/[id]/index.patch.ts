/**
 * PATCH /api/webhooks/:id {url?, types?, subject?, wants?, shape?, fields?, enabled?}: changes a webhook, or switches
 * it off or on.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { onlyOf, requireScope } from '../../../access'
import { changedWebhook, MOST_BYTES } from '../../../channels/webhooks/schema'
import { changeWebhook } from '../../../channels/webhooks/store'
import { webhookPage } from '../../../channels/webhooks/webhook-page'
import { useApp } from '../../../db/open'
import { readInput } from '../../../http/read-input'
import { withKnownNames } from '../../../notices/known-names'
import { useViews } from '../../../queries/views'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'webhooks')
  const which = { id: getRouterParam(event, 'id')!, onlyOf: onlyOf(who) }
  const { wants, ...changes } = await readInput(event, changedWebhook, MOST_BYTES)
  const known = wants ? await withKnownNames(useViews(), { wants }, 422) : { wants }
  const app = await useApp()
  await changeWebhook(app, which, { ...changes, ...known }, Date.now())
  return webhookPage(app, which, Date.now())
})
