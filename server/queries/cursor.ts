/** A place in a list, opaque to outsiders and stable while items come and go. */
import type { z } from 'zod'
import { refuse } from '../http/problem'

const PATTERN = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([\w-]{1,64})$/

/** After a review: its time and id. */
export const cursorAfter = (publishedAt: string, id: string) => encoded(`${publishedAt}~${id}`)

/** 422, which names the field, when we did not make the cursor. */
export function readCursor(cursor: string, field = 'after'): { publishedAt: string; id: string } {
  const [, publishedAt, id] = PATTERN.exec(decoded(cursor)) ?? refuseCursor(field)
  return { publishedAt: publishedAt!, id: id! }
}

/** After an item of another list: what that list is sorted by. */
export const cursorOf = (key: readonly (string | number)[]) => encoded(JSON.stringify(key))

/** 422, which names the field, when we did not make the cursor. */
export function readKey<Key extends z.ZodType>(
  cursor: string,
  key: Key,
  field = 'after',
): z.output<Key> {
  try {
    const read = key.safeParse(JSON.parse(decoded(cursor)))
    if (read.success) return read.data
  } catch {
    // not JSON
  }
  return refuseCursor(field)
}

const encoded = (text: string) => Buffer.from(text).toString('base64url')
const decoded = (cursor: string) => Buffer.from(cursor, 'base64url').toString('utf8')
const refuseCursor = (field: string): never =>
  refuse(field, 'must be the cursor of an earlier answer')
