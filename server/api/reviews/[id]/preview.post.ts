/** POST /api/reviews/:id/preview: what Publish would do now, part by part; says what is still missing instead of refusing. */
import { defineEventHandler, getRouterParam } from 'h3'
import { requireScope } from '../../../access'
import { foresee } from '../../../delivery/foresee'
import { missing } from '../../../drafts/publishable'
import { open } from '../../../drafts/desk'
import { draftAsPublic } from '../../../drafts/draft-as-public'
import { canSend, everyReactor } from '../../../house'
import { openPages } from '../../../live'
import { useLog } from '../../../log'
import { settings } from '../../../settings'

export default defineEventHandler(async (event) => {
  const who = await requireScope(event, 'reviews')
  const review = await open(getRouterParam(event, 'id')!, who), now = Date.now(), position = await useLog().head() + 1
  const shown = await draftAsPublic(review, now)
  const parts = await Promise.all(everyReactor().map(async (reactor) => {
    const able = canSend(reactor)
    if (able !== true) return { part: reactor.name, label: reactor.label, off: able }
    return foresee(reactor, shown, { position, now })
  }))
  return { missing: missing(review.content), holdSeconds: settings().holdSeconds, openPages: openPages(), parts }
})
