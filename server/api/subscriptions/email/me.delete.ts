/**
 * DELETE /api/subscriptions/email/me: erases everything about a reader; only a keyed hash stays, so
 * that no import brings the address back.
 */
import { defineEventHandler, sendNoContent } from 'h3'
import { useApp } from '../../../db/open'
import { requireMailReader } from '../../../readers/require-reader'
import { suppressMailReader } from '../../../readers/unsubscribe'

export default defineEventHandler(async event => {
  const { id } = await requireMailReader(event)
  await suppressMailReader(await useApp(), id, 'erased', Date.now())
  return sendNoContent(event)
})
