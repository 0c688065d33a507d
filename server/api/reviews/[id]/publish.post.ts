/**
 * POST /api/reviews/:id/publish: publishes a review; answers once the event is on disk, and the
 * listeners follow.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { publishInput } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { choicesOf } from '../../../desk/part-choices'
import { publish } from '../../../desk/publish'
import { requireVersion, sendAccepted, versionCheck } from '../../../desk/review-commands'
import { openReview } from '../../../desk/working-copy/open-review'
import { readInput } from '../../../http/read-input'
import type { Loaded } from '../../../log/handle-command'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const input = await readInput(event, publishInput)
  return idempotent(
    event,
    input,
    async commandId => {
      const review = await openReview(id, who)
      // If it is already published, the caller has what they asked for, whatever version they saw.
      if (review.state.status !== 'published') requireVersion(event, review)
      const checkVersion = versionCheck(event, review)
      const check = (loaded: Loaded) => {
        if (loaded.state.status !== 'published') checkVersion(loaded)
      }
      const parts = choicesOf(input.parts)
      return sendAccepted(event, id, await publish(review, who, { parts, commandId, check }))
    },
    { inLog: true },
  )
})
