/** Everything about a reader is erased; a keyed hash remembers that no import may bring the address back. */
import { defineEventHandler, sendNoContent } from 'h3'
import { useApp } from '../../../db/open'
import { requireMailReader } from '../../../readers/require-reader'
import { suppressMailReader } from '../../../readers/unsubscribe'

export default defineEventHandler(async event => {
  const { id } = await requireMailReader(event)
  await suppressMailReader(await useApp(), id, 'erased', Date.now())
  return sendNoContent(event)
})
