/**
 * GET /uploads/:name: serves an uploaded picture; its name is a hash of its content, so it may be
 * cached for ever.
 */
import {
  defineEventHandler,
  getRouterParam,
  sendStream,
  setResponseHeaders,
  setResponseStatus,
} from 'h3'
import { unchangedTag } from '../../http/answer/conditions'
import { problem } from '../../http/problem'
import { findUpload } from '../../media/uploads/store'

export default defineEventHandler(async event => {
  const name = getRouterParam(event, 'name') ?? ''
  const picture = await findUpload(name)
  if (!picture) return problem(404, 'No such picture', 'There is nothing at this address.')
  setResponseHeaders(event, {
    'content-type': picture.type,
    'cache-control': 'public, max-age=31536000, immutable',
    etag: `"${name}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  if (unchangedTag(event, { stem: name, tag: `"${name}"` })) {
    setResponseStatus(event, 304)
    return ''
  }
  setResponseHeaders(event, { 'content-length': picture.bytes })
  return event.node.req.method === 'HEAD' ? '' : sendStream(event, picture.read())
})
