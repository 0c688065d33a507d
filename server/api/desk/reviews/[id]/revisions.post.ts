/**
 * POST /api/desk/reviews/:id/revisions: keeps a text as an earlier version without changing the
 * working copy, so that what a merge drops is not lost.
 */
import { defineEventHandler, getRouterParam, setResponseStatus } from 'h3'
import { someFields } from '../../../../../shared/schemas/review'
import { requireScope } from '../../../../access'
import { settings } from '../../../../config/settings'
import { useApp } from '../../../../db/open'
import { contentOf, overlay, publishedContent } from '../../../../desk/working-copy/content'
import { openReview } from '../../../../desk/working-copy/open-review'
import { keepRevision } from '../../../../desk/working-copy/revisions'
import { readInput } from '../../../../http/read-input'

export default defineEventHandler(async event => {
  const who = await requireScope(event, 'reviews')
  const fields = contentOf(await readInput(event, someFields), settings().siteUrl)
  const now = Date.now()
  const { id, state, version } = await openReview(getRouterParam(event, 'id')!, who)
  await keepRevision(await useApp(), id, {
    version,
    fields: overlay(publishedContent(state), fields),
    at: now,
    actor: who.name,
  })
  setResponseStatus(event, 201)
  return { version, updatedAt: new Date(now).toISOString() }
})
