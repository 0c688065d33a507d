/** GET /websub: says what this address is for, to whoever opens it in a browser. */
import { defineEventHandler } from 'h3'
import { hubAddress } from '../channels/websub/hub-address'
import { answerCacheable } from '../http/answer/answer-cacheable'
import { problem } from '../http/problem'

export default defineEventHandler(event => {
  const hub = hubAddress()
  if (!hub) return problem(404, 'Not found', 'There is no hub here.')
  return answerCacheable(
    event,
    `This is the WebSub hub of our feeds. Programs subscribe to a feed by a POST to ${hub}.\n`,
    'text/plain',
  )
})
