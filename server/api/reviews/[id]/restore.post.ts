/**
 * POST /api/reviews/:id/restore: makes an archived review public again; readers are not notified
 * again.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { nothing } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { openToChange, runCommand, sendAccepted } from '../../../desk/review-commands'
import { withoutRemovedPoster } from '../../../desk/take-down'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const input = await readInput(event, nothing)
  return idempotent(
    event,
    input,
    async commandId => {
      const { check } = await openToChange(event, id, who, commandId)
      const handled = await runCommand(
        id,
        who,
        () => ({ type: 'RestoreReview', data: {}, now: new Date().toISOString() }),
        { commandId, check },
      )
      await withoutRemovedPoster(id, who)
      return sendAccepted(event, id, handled)
    },
    { inLog: true },
  )
})
