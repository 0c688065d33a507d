/**
 * GET /api/alerts: what needs a person now, newest first, without what the caller has dismissed.
 */
import { defineEventHandler } from 'h3'
import { requireScope } from '../../access'
import { appReadOnly } from '../../db/open'
import { openAlerts } from '../../operations/alerts/open-alerts'

export default defineEventHandler(async event => {
  const { id } = await requireScope(event, 'parts')
  return { items: await openAlerts(appReadOnly(), id) }
})
