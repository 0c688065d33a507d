/**
 * POST /api/webhooks/:id/replay {from, dryRun}: sends a webhook again what happened from a position
 * on; a dry run lists what that would be. `skipped` are under way and left alone.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { replayInput } from '../../../../shared/schemas/operating'
import { idempotent, onlyOf, requireScope } from '../../../access'
import { requireWebhook } from '../../../channels/webhooks/store'
import { useApp } from '../../../db/open'
import { problem, refuse } from '../../../http/problem'
import { readInput } from '../../../http/read-input'
import { useLog } from '../../../log'
import { replayToWebhook } from '../../../operations/webhook-replay'

const MOST_LISTED = 500

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'webhooks')
  const which = { id: getRouterParam(event, 'id')!, onlyOf: onlyOf(who) }
  const row = await requireWebhook(await useApp(), which)
  const range = await readInput(event, replayInput)
  if (range.from > (await useLog().head())) refuse('from', 'must be a position of the log')
  if (!range.dryRun && row.disabled_at !== null)
    problem(409, 'The webhook is switched off', 'Switch it on again first.')
  return idempotent(event, range, async () => {
    const { items, planned, alreadyTold } = await replayToWebhook(row.id, { ...range, again: true })
    return range.dryRun
      ? { items: items.slice(0, MOST_LISTED), count: planned, skipped: alreadyTold }
      : { planned, alreadyUnderWay: alreadyTold, skipped: alreadyTold }
  })
})
