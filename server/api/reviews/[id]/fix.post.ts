/**
 * POST /api/reviews/:id/fix: fixes what leaves the meaning as it is; exactly the sent fields change
 * in the published text.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { fixInput } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { publishedChanges } from '../../../desk/published-changes'
import { openToChange, runCommand, sendAccepted } from '../../../desk/review-commands'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const input = await readInput(event, fixInput)
  return idempotent(
    event,
    input,
    async commandId => {
      const { review, check } = await openToChange(event, id, who, commandId)
      const data = await publishedChanges(review, input)
      const handled = await runCommand(
        id,
        who,
        () => ({ type: 'FixReview', data, now: new Date().toISOString() }),
        { commandId, check },
      )
      return sendAccepted(event, id, handled)
    },
    { inLog: true },
  )
})
