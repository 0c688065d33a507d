/**
 * GET /live: server-sent events for pages. The hub takes over the response and writes to the socket
 * itself.
 */
import { defineEventHandler, setResponseHeaders } from 'h3'
import { settings } from '../config/settings'
import { lastEventIdOf } from '../http/last-event-id'
import { clientAddress } from '../http/limits'
import { ownTurn } from '../http/own-turn'
import { problem } from '../http/problem'
import { useHub } from '../live'
import { STREAM_HEADERS } from '../live/hub'
import { missedBy } from '../live/resume'
import { useLog } from '../log'
import { signedCard } from '../queries/critic-slugs'

export default defineEventHandler(async event => {
  const hub = useHub()
  const address = clientAddress(event)
  const { method, socket } = event.node.req
  requireRoom()
  if (method === 'HEAD') {
    setResponseHeaders(event, STREAM_HEADERS)
    return ''
  }
  await ownTurn(event)
  const { missed, position } = await missedBy(lastEventIdOf(event), {
    hub,
    log: useLog(),
    siteUrl: settings().siteUrl,
    sign: signedCard,
  })
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
