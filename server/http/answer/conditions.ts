/** Whether a client already has what it asks for (RFC 9110, 13.2.2). */
import { getRequestHeader, type H3Event } from 'h3'
import type { Modified } from './representation'
import { knownTag } from './tags'

/** What the answer is compared with: its tag, with and without the coding, and its date. */
export interface Validators {
  stem: string
  tag: string
  modified?: Modified
}

/** The tag under which the client has it; undefined when it must be sent. A tag outweighs a date. */
export function unchangedTag(
  event: H3Event,
  { stem, tag, modified }: Validators,
): string | undefined {
  const ifNoneMatch = getRequestHeader(event, 'if-none-match')
  if (ifNoneMatch !== undefined) return knownTag(ifNoneMatch, stem, tag)
  const since = readDate(getRequestHeader(event, 'if-modified-since'))
  if (since === undefined || !modified?.at) return undefined
  const second = Math.floor(modified.at.getTime() / 1000) * 1000
  const isKnown = modified.ambiguous ? second < since : second <= since
  return isKnown ? tag : undefined
}

/** Any of the three forms of a date in HTTP (RFC 9110, 5.6.7); whatever else is ignored. */
function readDate(written = ''): number | undefined {
  if (!/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(written)) return undefined
  const time = Date.parse(written.endsWith(' GMT') ? written : `${written} GMT`)
  return Number.isNaN(time) ? undefined : time
}
