/** GET /api/dead-letters: deliveries that nobody will send unless somebody looks. */
import { defineEventHandler } from 'h3'
import { requireScope } from '../../access'
import { useAppReader } from '../../db/open'
import { deadLetters } from '../../delivery/report'

export default defineEventHandler(async (event) => {
  await requireScope(event, 'parts')
  return { items: await deadLetters(useAppReader()) }
})
