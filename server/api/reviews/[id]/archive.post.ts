/** POST /api/reviews/:id/archive: withdraws it; its page answers 410 with the reason. */
import { defineEventHandler, getRouterParam } from 'h3'
import { archiveInput } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { answer, command, open, requireVersion } from '../../../drafts/desk'
import { readInput } from '../../../input'

export default defineEventHandler(async (event) => {
  const who = await requireScope(event, 'reviews'), id = getRouterParam(event, 'id')!
  const input = await readInput(event, archiveInput)
  return idempotent(event, input, async (commandId) => {
    requireVersion(event, await open(id, who))
    const handled = await command(id, who, () => ({ type: 'ArchiveReview', data: input, now: new Date().toISOString() }), { commandId })
    return answer(event, id, handled)
  })
})
