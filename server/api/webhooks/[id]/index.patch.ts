/** PATCH /api/webhooks/:id {url?, types?, shape?, fields?, enabled?}: other wishes, a pause, or its end. */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { useApp } from '../../../db/open'
import { readInput } from '../../../input'
import { changeWebhook } from '../../../webhooks/kept'
import { webhookSheet } from '../../../webhooks/shown'
import { changedWebhook } from '../../../webhooks/wanted'

export default defineEventHandler(async event => {
  await requireScope(event, 'webhooks')
  const changes = await readInput(event, changedWebhook)
  const id = getRouterParam(event, 'id')!
  const app = await useApp()
  await changeWebhook(app, id, changes, Date.now())
  return webhookSheet(app, id, Date.now())
})
