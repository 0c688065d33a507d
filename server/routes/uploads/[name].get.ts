/**
 * GET /uploads/:name: serves an uploaded picture. Once no review shows it any more, only the desk
 * gets it, for as long as a draft or an archived review has it; then it is gone for everybody.
 */
import {
  defineEventHandler,
  getRouterParam,
  sendStream,
  setResponseHeaders,
  setResponseStatus,
} from 'h3'
import { posterId } from '../../../shared/poster-id'
import { whoAmI } from '../../access'
import { unchangedTag } from '../../http/answer/conditions'
import { problem } from '../../http/problem'
import { isRemoved } from '../../media/uploads/row'
import { findUpload } from '../../media/uploads/store'
import { posterState } from '../../queries/posters'
import { useViews } from '../../queries/views'

/** A picture that was taken off the site leaves browsers and proxies within this many seconds. */
const KEEP = 60

const GONE = 'This picture was withdrawn' as const

export default defineEventHandler(async event => {
  const name = getRouterParam(event, 'name') ?? ''
  const picture = await findUpload(name)
  const state = await posterState(useViews(), posterId(name))
  if (!picture)
    return state === 'gone' || (await isRemoved(posterId(name)))
      ? problem(410, GONE)
      : problem(404, 'No such picture', 'There is nothing at this address.')
  if (state === 'gone' && !(await whoAmI(event))) return problem(410, GONE)
  setResponseHeaders(event, {
    'content-type': picture.type,
    'cache-control':
      state === 'shown' ? `public, max-age=${KEEP}, must-revalidate` : 'private, no-cache',
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
