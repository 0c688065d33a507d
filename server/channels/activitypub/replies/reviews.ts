/** Which of our reviews something is about: an answer names the article, or another answer to it. */
import { settings } from '../../../config/settings'
import { reviewBySlugOrId } from '../../../queries/review'
import { useViews } from '../../../queries/views'
import { replyById } from './store'

/** The id of a review that is public now; undefined for anything else. */
export async function reviewAbout(url: string): Promise<string | undefined> {
  const { siteUrl } = settings()
  const found = url.startsWith(`${siteUrl}/reviews/`)
    ? await reviewBySlugOrId(useViews(), siteUrl, slugIn(url))
    : await replied(url)
  return found?.review?.id
}

async function replied(url: string) {
  const reply = await replyById(url)
  return reply && reviewBySlugOrId(useViews(), settings().siteUrl, reply.review_id)
}

function slugIn(url: string): string {
  const slug = URL.parse(url)?.pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(slug)
  } catch {
    return slug
  }
}
