/** GET /api/desk/events/:type: the last ten events of one type, newest first, for editors. */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireRole } from '../../../access'
import { lastEvents } from '../../../desk/event-traffic'
import { problem } from '../../../http/problem'
import { REVIEW_EVENT_TYPES } from '../../../review/events'

export default defineEventHandler(async event => {
  await requireRole(event, 'editor')
  const type = REVIEW_EVENT_TYPES.find(known => known === getRouterParam(event, 'type'))
  if (!type) return problem(404, 'No such event', 'No event has this name.')
  return { items: await lastEvents(type) }
})
