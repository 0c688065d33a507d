/**
 * POST /websub: our hub for feeds (W3C WebSub). Answers 202 once a subscription, or the end of one,
 * waits for its subscriber to confirm it; every refusal is a sentence in plain text.
 */
import { defineEventHandler, type H3Event, setResponseHeaders, setResponseStatus } from 'h3'
import { z } from 'zod'
import { askHub } from '../channels/websub/ask'
import { hubAddress } from '../channels/websub/hub-address'
import { hubMode, readHubRequest } from '../channels/websub/request'
import { wakeHub } from '../channels/websub/start'
import { useApp } from '../db/open'
import { limit } from '../http/limits'
import { Problem, problem } from '../http/problem'
import { fit, readForm } from '../http/read-input'
import { useViews } from '../queries/views'

/** A callback and a topic of 2,048 characters each, written with escapes. */
const MAX_BYTES = 16 * 1024

const NOT_NEEDED =
  'Thank you, but there is no need to ping this hub: it distributes its own feeds by itself.\n'
const ASKED = 'We will ask your callback to confirm this.\n'

export default defineEventHandler(async event => {
  try {
    if (!hubAddress()) problem(404, 'Not found', 'There is no hub here.')
    limit(event, 'hubRequests')
    const sent = await readForm(event, z.record(z.string(), z.unknown()), MAX_BYTES)
    const { 'hub.mode': mode } = await fit(hubMode, sent)
    if (mode === 'publish') return plain(event, 200, NOT_NEEDED)
    await askHub(await useApp(), await readHubRequest(useViews(), sent), Date.now())
    wakeHub()
    return plain(event, 202, ASKED)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    setResponseHeaders(event, { ...error.extras.headers })
    return plain(event, error.statusCode, `${error.detail ?? error.title}\n`)
  }
})

function plain(event: H3Event, status: number, words: string) {
  setResponseStatus(event, status)
  setResponseHeaders(event, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  })
  return words
}
