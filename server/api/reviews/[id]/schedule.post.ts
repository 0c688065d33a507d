/**
 * POST /api/reviews/:id/schedule: schedules a review; one that could not be published now is
 * refused now.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { scheduleInput } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { choicesOf } from '../../../desk/part-choices'
import { requirePublishable } from '../../../desk/publish'
import { openToChange, runCommand, sendAccepted } from '../../../desk/review-commands'
import { refuse } from '../../../http/problem'
import { readInput } from '../../../http/read-input'

/** A later year is a typo that nobody would notice. */
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
      requireSoon(input.at, now)
      const parts = choicesOf(input.parts)
      await requirePublishable(review, parts)
      const { at, timeZone } = input
      const handled = await runCommand(
        id,
        who,
        () => ({
          type: 'ScheduleReview',
          data: { at, ...(timeZone && { timeZone }), ...(parts && { parts }) },
          now,
        }),
        { commandId, check },
      )
      return sendAccepted(event, id, handled)
    },
    { inLog: true },
  )
})

function requireSoon(at: string, now: string) {
  const ahead = Date.parse(at) - Date.parse(now)
  if (ahead <= 0) refuse('at', 'must be in the future')
  if (ahead > FURTHEST_MS) refuse('at', 'must be within the next five years')
}
