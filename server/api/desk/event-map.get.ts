/** GET /api/desk/event-map: which event reaches which listener, for everybody at the desk. */
import { defineEventHandler } from 'h3'
import { requireScope } from '../../access'
import { eventMap } from '../../desk/event-map'

export default defineEventHandler(async event => {
  await requireScope(event, 'reviews')
  return eventMap()
})
