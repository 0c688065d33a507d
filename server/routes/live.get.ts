/**
 * GET /live: server-sent events for pages. The hub takes over the response and writes to the socket
 * itself.
 */
import { defineEventHandler, getQuery, getRequestHeader } from 'h3'
import { settings } from '../config/settings'
import { clientAddress } from '../http/limits'
import { problem } from '../http/problem'
import { useHub } from '../live'
import { missedBy } from '../live/resume'
import { useLog } from '../log'

export default defineEventHandler(async event => {
  const hub = useHub()
  const address = clientAddress(event)
  const { socket } = event.node.req
  requireRoom()
  const lastEventId = getRequestHeader(event, 'last-event-id') ?? getQuery(event).lastEventId
  const { missed, position } = await missedBy(
    lastEventId === undefined ? undefined : String(lastEventId),
    {
      hub,
      log: useLog(),
      siteUrl: settings().siteUrl,
    },
  )
  requireRoom() // others may have come while the log was read
  event._handled = true
  if (!socket.destroyed) hub.join(socket, address, missed, position)

  function requireRoom() {
    if (!hub.hasRoom(address))
      problem(503, 'Too many open pages', 'Close some, or try again later.', undefined, {
        headers: { 'retry-after': '30' },
      })
  }
})
