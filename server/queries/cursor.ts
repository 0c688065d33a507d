/**
 * A place in the list of reviews: the time and id of the last one seen. Opaque to outsiders, stable
 * while reviews come and go.
 */
import { refuse } from '../http/problem'

const PATTERN = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([\w-]{1,64})$/

export const cursorAfter = (publishedAt: string, id: string) =>
  Buffer.from(`${publishedAt}~${id}`).toString('base64url')

/** 422, which names the field, when we did not make the cursor. */
export function readCursor(cursor: string, field = 'after'): { publishedAt: string; id: string } {
  const [, publishedAt, id] =
    PATTERN.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ??
    refuse(field, 'must be the cursor of an earlier answer')
  return { publishedAt: publishedAt!, id: id! }
}
