/**
 * POST /api/reviews/:id/correct: publishes a change of meaning, with a note that says what was
 * wrong and what is right.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { correctInput } from '../../../../shared/schemas/review'
import type { DraftContent } from '../../../../shared/types/review'
import { idempotent, requireScope } from '../../../access'
import { settings } from '../../../config/settings'
import { withMovieAddress } from '../../../desk/movie-address'
import { wordsOf } from '../../../desk/part-choices'
import { publishableChanges } from '../../../desk/publishable'
import { openToChange, runCommand, sendAccepted } from '../../../desk/review-commands'
import { contentOf } from '../../../desk/working-copy/content'
import { changedAsPublic } from '../../../desk/working-copy/draft-as-public'
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
      const { note, parts, ...fields } = input
      const sent = contentOf(fields, settings().siteUrl) as DraftContent
      const changes = await withMovieAddress(id, await publishableChanges(sent))
      const words = await wordsOf(parts, changedAsPublic(review, changes))
      const handled = await runCommand(
        id,
        who,
        () => ({
          type: 'CorrectReview',
          data: { changes, note, ...(words && { words }) },
          now: new Date().toISOString(),
        }),
        { commandId, check },
      )
      return sendAccepted(event, id, handled)
    },
    { inLog: true },
  )
})
