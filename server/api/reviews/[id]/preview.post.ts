/**
 * POST /api/reviews/:id/preview {parts?}: what Publish would do now, part by part, with the
 * critic's own words; reports what is still missing instead of refusing.
 */
import { defineEventHandler, getRouterParam } from 'h3'
import { previewInput } from '../../../../shared/schemas/review'
import { requireScope } from '../../../access'
import { settings } from '../../../config/settings'
import { appReadOnly } from '../../../db/open'
import { canSend } from '../../../delivery/contract/part-settings'
import { everyReactor } from '../../../delivery/contract/registry'
import { choicesOf } from '../../../desk/part-choices'
import { missing } from '../../../desk/publishable'
import { draftAsPublic } from '../../../desk/working-copy/draft-as-public'
import { openReview } from '../../../desk/working-copy/open-review'
import { readInput } from '../../../http/read-input'
import { openPages } from '../../../live'
import { useLog } from '../../../log'
import { partStatuses } from '../../../operations/part-status'
import { previewPart } from '../../../operations/publish-preview'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const choices = choicesOf((await readInput(event, previewInput)).parts)
  const review = await openReview(getRouterParam(event, 'id')!, who)
  const now = Date.now()
  /** A published review's posts keep the words that they have. */
  const wordsNow = (review.state.content && review.state.parts) ?? {}
  const position = (await useLog().head()) + 1
  const [shown, statuses] = await Promise.all([
    draftAsPublic(review, now),
    partStatuses(appReadOnly()),
  ])
  const parts = await Promise.all(
    everyReactor().map(async reactor => {
      const able = canSend(reactor)
      if (able !== true) return { part: reactor.name, label: reactor.label, off: able }
      const choice = choices?.[reactor.name] ?? wordsNow[reactor.name]
      const { stopped, quota, paused, reason } = statuses.get(reactor.name) ?? {}
      return {
        ...(await previewPart(reactor, shown, {
          position,
          now,
          text: choice ? choice.text : undefined,
        })),
        ...(stopped && { stopped }),
        ...(paused && { paused: reason ?? 'paused' }),
        ...(quota && { quota }),
      }
    }),
  )
  return {
    missing: missing(review.content),
    empty: (['summary', 'body'] as const).filter(field => !review.content[field]?.trim()),
    holdSeconds: settings().holdSeconds,
    openPages: openPages(),
    parts,
  }
})
