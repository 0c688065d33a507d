/** PATCH /api/reviews/:id: changes the working copy. What is public stays as it is. */
import { defineEventHandler, getRouterParam, setResponseHeader } from 'h3'
import { replacementQuery, someFields } from '../../../shared/schemas/review'
import { requireScope } from '../../access'
import { settings } from '../../config/settings'
import { useApp } from '../../db/open'
import { requireVersion } from '../../desk/review-commands'
import { contentOf, overlay, publishedContent } from '../../desk/working-copy/content'
import { editCopy } from '../../desk/working-copy/edit-copy'
import { openReview } from '../../desk/working-copy/open-review'
import { problem } from '../../http/problem'
import { readInput, readQuery } from '../../http/read-input'
import { readAhead } from '../../media/markdown/parse'

const TRIES = 5

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const id = getRouterParam(event, 'id')!
  const { reason } = await readQuery(event, replacementQuery)
  const changes = contentOf(await readInput(event, someFields), settings().siteUrl)
  readAhead(changes.body)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const review = await openReview(id, who)
    requireVersion(event, review)
    const edited = await editCopy(await useApp(), {
      copy: review.copy,
      criticId: review.state.critic.id,
      changes,
      streamVersion: review.streamVersion,
      now: Date.now(),
      actor: who.name,
      reason,
      whole: fields => overlay(publishedContent(review.state), fields),
    })
    if (!edited) continue
    const version = edited.edits + review.streamVersion
    setResponseHeader(event, 'etag', `"${version}"`)
    return {
      id,
      version,
      status: review.state.status,
      updatedAt: new Date(edited.updatedAt).toISOString(),
    }
  }
  problem(503, 'Too many changes at once', 'Try again in a moment.', undefined, {
    headers: { 'retry-after': '1' },
  })
})
