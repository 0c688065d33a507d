/** Refuses compressed bodies, which would otherwise be taken for broken JSON or a broken file. */
import { defineEventHandler, getRequestHeader } from 'h3'
import { Problem } from '../http/problem'

export default defineEventHandler(event => {
  const encoding = getRequestHeader(event, 'content-encoding')?.trim() || 'identity'
  if (event.method === 'GET' || encoding.toLowerCase() === 'identity') return
  throw new Problem(
    415,
    'The body must not be compressed',
    'Send the body as it is, without a Content-Encoding header.',
    undefined,
    { headers: { 'accept-encoding': 'identity' } },
  )
})
