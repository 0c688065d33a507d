/** DELETE /api/reviews/:id/schedule: the draft stays, its time is gone. */
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
