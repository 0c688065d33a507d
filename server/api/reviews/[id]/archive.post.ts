/**
 * POST /api/reviews/:id/archive: archives a review; its page then answers 410 with the reason. With
 * `forGood` it can never be restored, and its posters are deleted.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { archiveInput } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { openToChange, runCommand, sendAccepted } from '../../../desk/review-commands'
import { takeDownPostersOf } from '../../../desk/take-down'
import { readInput } from '../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const input = await readInput(event, archiveInput)
  return idempotent(
    event,
    input,
    async commandId => {
      const { check } = await openToChange(event, id, who, commandId)
      const handled = await runCommand(
        id,
        who,
        () => ({
          type: 'ArchiveReview',
          data: { ...input, actorId: who.id },
          now: new Date().toISOString(),
        }),
        { commandId, check },
      )
      if (input.forGood) await takeDownPostersOf(id)
      return sendAccepted(event, id, handled)
    },
    { inLog: true },
  )
})
