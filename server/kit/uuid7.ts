/** Ids that sort by time (RFC 9562, version 7). */
import { randomUUID } from 'node:crypto'

/** `time` in ms since the epoch; anything before 1970 sorts first. The rest is random. */
export function uuid7(time: number): string {
  if (!Number.isFinite(time)) throw new RangeError('an id needs a time')
  const ms = Math.max(0, Math.floor(time)).toString(16).padStart(12, '0')
  // A version 4 id is already random, and has the right bits everywhere else.
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7${randomUUID().slice('xxxxxxxx-xxxx-4'.length)}`
}
