/**
 * Answers with a representation: in the coding that the client prefers, or with 304 if it already
 * has it. Everything public is sent like this but uploads, which are read from disk.
 */
import { getRequestHeader, type H3Event, setResponseHeaders, setResponseStatus } from 'h3'
import { preferredCoding } from './codings'
import { unchangedTag } from './conditions'
import { sentAs } from './repeated-requests'
import { bytesIn, type Representation, tagIn } from './representation'

/** Sets status and headers, and returns the body. */
export async function answer(
  event: H3Event,
  representation: Representation,
): Promise<Buffer | string> {
  const { status, stem, modified, headers, compressible } = representation
  sentAs(event.node.res, representation)
  const coding = compressible
    ? preferredCoding(getRequestHeader(event, 'accept-encoding'))
    : 'identity'
  const tag = tagIn(representation, coding)
  const isFound = status === 200
  const unchanged = isFound && unchangedTag(event, { stem, tag, modified })
  const { 'content-type': type, vary, ...others } = headers
  setResponseHeaders(event, {
    ...others,
    ...(compressible && { vary: [vary, 'accept-encoding'].filter(Boolean).join(', ') }),
    ...(isFound && { etag: unchanged || tag }),
    ...(isFound && modified?.at && { 'last-modified': modified.at.toUTCString() }),
  })
  if (unchanged) {
    setResponseStatus(event, 304)
    return ''
  }
  setResponseHeaders(event, {
    'content-type': type!,
    ...(coding !== 'identity' && { 'content-encoding': coding }),
  })
  setResponseStatus(event, status)
  return bytesIn(representation, coding)
}
