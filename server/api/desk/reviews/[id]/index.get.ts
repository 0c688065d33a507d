/**
 * GET /api/desk/reviews/:id: a review for the writing page: the text at the desk, the published
 * text, and the version.
 */
import { defineEventHandler, getRouterParam, setResponseHeader } from 'h3'
import { requireRole } from '../../../../access'
import { settings } from '../../../../config/settings'
import { appReadOnly } from '../../../../db/open'
import { pending, publishedContent } from '../../../../desk/working-copy/content'
import { discardedAt } from '../../../../desk/working-copy/discarded'
import { openReview } from '../../../../desk/working-copy/open-review'
import { reviewUrl } from '../../../../review/public-review'

export default defineEventHandler(async event => {
  const who = await requireRole(event, 'critic')
  const { id, state, content, version, copy } = await openReview(getRouterParam(event, 'id')!, who)
  const published = publishedContent(state)
  const {
    status,
    critic,
    slug,
    publishedAt,
    corrections,
    schedule,
    refused,
    archived,
    erased,
    sample,
  } = state
  setResponseHeader(event, 'etag', `"${version}"`)
  return {
    id,
    version,
    status,
    critic,
    slug,
    url: slug && publishedAt ? reviewUrl(settings().siteUrl, slug) : undefined,
    publishedAt,
    corrections,
    schedule,
    refused,
    archived,
    erased,
    sample,
    content,
    published: state.content && published,
    pending: Object.keys(pending(copy.fields, published)),
    updatedAt: copy.updatedAt ? new Date(copy.updatedAt).toISOString() : undefined,
    discardedAt: status === 'draft' ? await discardedAt(appReadOnly(), id) : undefined,
  }
})
