/**
 * POST /api/reviews: creates a draft with its text. It exists once both its working copy and its
 * first event are on disk.
 */
import { defineEventHandler } from 'h3'
import { newReview } from '../../../shared/schemas/review'
import { idempotent, requireScope } from '../../access'
import { settings } from '../../config/settings'
import { createDraft } from '../../desk/create-draft'
import { contentOf } from '../../desk/working-copy/content'
import { readInput } from '../../http/read-input'
import { readAhead } from '../../media/markdown/parse'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const input = await readInput(event, newReview)
  const fields = contentOf(input, settings().siteUrl)
  readAhead(input.body)
  return idempotent(event, input, commandId => createDraft(event, who, fields, commandId))
})
