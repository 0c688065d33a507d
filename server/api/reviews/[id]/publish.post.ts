/** POST /api/reviews/:id/publish: answers once the fact is on disk; listeners follow. */
import { defineEventHandler, getRouterParam } from 'h3'
import { publishInput } from '../../../../shared/schemas/review'
import { idempotent, requireScope } from '../../../access'
import { appReadOnly, useApp } from '../../../db/open'
import { choicesOf, requireFitting } from '../../../desk/part-choices'
import { publishable } from '../../../desk/publishable'
import { openReview, requireVersion, runCommand, sendAccepted } from '../../../desk/review-commands'
import { draftAsPublic } from '../../../desk/working-copy/draft-as-public'
import { reserveSlug } from '../../../desk/working-copy/slugs'
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
      const published = review.state.status === 'published' ? review.state.content : undefined
      if (!published) requireVersion(event, review)
      const content = published ?? (await publishable(review.content))
      const parts = choicesOf(input.parts)
      await requireFitting(parts, () => draftAsPublic(review, Date.now()))
      const slug =
        review.state.slug ?? (await reserveSlug(await useApp(), id, content.title, appReadOnly()))
      const check = (loaded: Loaded) => {
        if (loaded.state.status !== 'published')
          requireVersion(event, {
            ...review,
            ...loaded,
            number: review.copy.edits + loaded.version,
          })
      }
      const handled = await runCommand(
        id,
        who,
        () => ({
          type: 'PublishReview',
          data: { id, slug, content, ...(parts && { parts }) },
          now: new Date().toISOString(),
        }),
        { commandId, check },
      )
      return sendAccepted(event, id, handled)
    },
    { inLog: true },
  )
})
