/**
 * POST /api/reviews/:id/correct: publishes a change of meaning, with a note that says what was
 * wrong and what is right.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { correctInput } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { publishedChanges } from '../../../desk/published-changes'
import { openToChange, runCommand, sendAccepted } from '../../../desk/review-commands'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const input = await readInput(event, correctInput)
  return idempotent(
    event,
    input,
    async commandId => {
      const { review, check } = await openToChange(event, id, who, commandId)
      const { note, ...sent } = input
      const data = { ...(await publishedChanges(review, sent)), note }
      const handled = await runCommand(
        id,
        who,
        () => ({ type: 'CorrectReview', data, now: new Date().toISOString() }),
        { commandId, check },
      )
      return sendAccepted(event, id, handled)
    },
    { inLog: true },
  )
})
