/**
 * POST /api/webhooks {url, types?, subject?, wants?, shape, fields?, from?}: creates a webhook. Its secret is only in
 * this answer, not even in that to a repeat of the same command.
 */
import { defineEventHandler, setResponseHeader, setResponseStatus } from 'h3'
import { idempotent, requireScope } from '../../access'
import { createWebhook } from '../../channels/webhooks/create'
import { MOST_BYTES, newWebhook } from '../../channels/webhooks/schema'
import { useApp } from '../../db/open'
import { readInput } from '../../http/read-input'
import { useLog } from '../../log'
import { withKnownNames } from '../../notices/known-names'
import { replayToWebhook } from '../../operations/webhook-replay'
import { useViews } from '../../queries/views'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'webhooks')
  const input = await withKnownNames(
    useViews(),
    await readInput(event, newWebhook, MOST_BYTES),
    422,
  )
  return idempotent(
    event,
    input,
    async commandId => {
      const app = await useApp()
      const made = await createWebhook(app, input, {
        owner: who.id,
        head: await useLog().head(),
        now: Date.now(),
        commandId,
      })
      if (input.from !== undefined)
        await replayToWebhook(made.id, { from: input.from, dryRun: false })
      setResponseStatus(event, 201)
      setResponseHeader(event, 'location', `/api/webhooks/${made.id}`)
      return made
    },
    { secretless: ({ id }) => ({ id }) },
  )
})
