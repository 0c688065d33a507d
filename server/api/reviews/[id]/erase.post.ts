/**
 * POST /api/reviews/:id/erase {title}: makes the text of an archived review unreadable for good,
 * everywhere. Only an owner at the desk may, who repeats the title.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { eraseInput } from '../../../../shared/schemas/review'
import { idempotent, requireSession } from '../../../access'
import { eraseReview } from '../../../desk/erase-review'
import { openToChange, sendAccepted } from '../../../desk/review-commands'
import { refuse } from '../../../http/problem'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireSession(event, 'owner')
  const id = getRouterParam(event, 'id')!
  const { title } = await readInput(event, eraseInput)
  return idempotent(
    event,
    { title },
    async commandId => {
      const { review, check } = await openToChange(event, id, who, commandId)
      const { state } = review
      if (state.status === 'archived' && !state.erased && title !== state.content?.title)
        refuse('title', 'must be the title of the review, letter for letter')
      return sendAccepted(event, id, await eraseReview(id, who, { commandId, check }))
    },
    { inLog: true },
  )
})
