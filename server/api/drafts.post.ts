/** POST /api/drafts: creates an empty draft for the writing page. */
import { defineEventHandler } from 'h3'
import { nothing } from '../../shared/schemas/review'
import { idempotent, requireScope } from '../access'
import { createDraft } from '../desk/create-draft'
import { readInput } from '../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const input = await readInput(event, nothing)
  return idempotent(event, input, commandId => createDraft(event, who, {}, commandId))
})
