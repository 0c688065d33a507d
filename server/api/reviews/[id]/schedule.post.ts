/** POST /api/reviews/:id/schedule: publishes it at a time; a text that could not go out now is refused now. */
import { defineEventHandler, getRouterParam } from 'h3'
import { scheduleInput } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { choicesOf, requireFitting } from '../../../desk/part-choices'
import { publishable } from '../../../desk/publishable'
import { openToChange, runCommand, sendAccepted } from '../../../desk/review-commands'
import { draftAsPublic } from '../../../desk/working-copy/draft-as-public'
import { refuse } from '../../../http/problem'
import { readInput } from '../../../http/read-input'

/** A year further on is a slip of the keyboard, and nobody would notice it. */
const FURTHEST_MS = 5 * 366 * 86_400_000

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const input = await readInput(event, scheduleInput)
  return idempotent(
    event,
    input,
    async commandId => {
      const { review, check } = await openToChange(event, id, who, commandId)
      const now = new Date().toISOString()
      const ahead = Date.parse(input.at) - Date.parse(now)
      if (ahead <= 0) refuse('at', 'must be in the future')
      if (ahead > FURTHEST_MS) refuse('at', 'must be within the next five years')
      await publishable(review.content)
      const parts = choicesOf(input.parts)
      const { at, timeZone } = input
      await requireFitting(parts, () => draftAsPublic(review, Date.now()))
      return sendAccepted(
        event,
        id,
        await runCommand(
          id,
          who,
          () => ({
            type: 'ScheduleReview',
            data: { at, ...(timeZone && { timeZone }), ...(parts && { parts }) },
            now,
          }),
          { commandId, check },
        ),
      )
    },
    { inLog: true },
  )
})
