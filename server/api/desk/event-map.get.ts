/** GET /api/desk/event-map: which event reaches which listener and what flows there now, for everybody at the desk. */
import { defineEventHandler } from 'h3'
import { requireScope } from '../../access'
import { eventMap } from '../../desk/event-map'
import { eventTraffic } from '../../desk/event-traffic'

export default defineEventHandler(async event => {
  await requireScope(event, 'reviews')
  return { ...eventMap(), traffic: await eventTraffic() }
})
