/** DELETE /api/reviews/:id/schedule: cancels the schedule; the draft stays. */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { openToChange, runCommand, sendAccepted } from '../../../desk/review-commands'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const { check } = await openToChange(event, id, who)
  return sendAccepted(
    event,
    id,
    await runCommand(
      id,
      who,
      () => ({ type: 'CancelSchedule', data: {}, now: new Date().toISOString() }),
      { check },
    ),
  )
})
