/** GET /health: the process is up. */
import { defineEventHandler, setResponseHeader } from 'h3'

export default defineEventHandler(event => {
  setResponseHeader(event, 'cache-control', 'no-store')
  return { status: 'up' }
})
