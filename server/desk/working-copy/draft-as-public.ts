/**
 * Shows a draft as the public would see it if it were published now, with stand-ins for what is
 * still missing.
 */
import type { PublicReview } from '../../../shared/types/review'
import { settings } from '../../config/settings'
import { appReadOnly } from '../../db/open'
import { parseBody } from '../../media/markdown/parse'
import type { PublishedContent } from '../../review/events'
import { publicReview, reviewUrl } from '../../review/public-review'
import type { OpenReview } from './open-review'
import { nextSlug } from './slugs'

/** A review that was published, with changes that are about to be; undefined if it never was. */
export const changedAsPublic = (
  { state }: Pick<OpenReview, 'state'>,
  changes: Partial<PublishedContent>,
): PublicReview | undefined =>
  publicReview(
    { ...state, ...(state.content && { content: { ...state.content, ...changes } }) },
    settings().siteUrl,
  )

export async function draftAsPublic(
  { id, state, content }: OpenReview,
  now: number,
): Promise<PublicReview> {
  const {
    title = '',
    movie = { id: '', title: '', genres: [] },
    rating = 0,
    summary = '',
    body = '',
    tags = [],
    spoiler = false,
  } = content
  const slug = state.slug ?? (await nextSlug(appReadOnly(), id, title || 'untitled'))
  const tree = await parseBody(body).catch((error: { statusCode?: number }) => {
    if (error.statusCode === 422) return []
    throw error
  })
  return {
    id,
    slug,
    url: reviewUrl(settings().siteUrl, slug),
    critic: state.critic,
    title,
    movie,
    rating,
    summary,
    body,
    tags,
    spoiler,
    tree,
    publishedAt: state.publishedAt ?? new Date(now).toISOString(),
    corrections: state.corrections,
  }
}
