/** A review as an Article (Activity Vocabulary, 3.3; its parts as in FEP-b2b8), and what is left of it when it is archived. */
import { hashtagsOf } from '../../../../shared/hashtags'
import type { Archived, PublicReview } from '../../../../shared/types/review'
import { GIVES_AWAY, verdictOf, withoutMentions } from '../../../../shared/wording'
import { settings } from '../../../config/settings'
import { entryOf } from '../../../feeds/entry'
import { actorUrl, followersUrl, SITE } from '../addresses'
import { articleId } from './article-id'
import { type Document, PUBLIC } from './context'

/** Without a context; `restored` is the position of the review's last restore. */
export function article(review: PublicReview, restored?: number): Document {
  const { url, critic, publishedAt, fixedAt, correctedAt, spoiler, language = 'en' } = review
  const { title, html, picture } = entryOf(review, settings().siteUrl)
  const updated = [fixedAt, correctedAt]
    .filter(at => at !== undefined)
    .sort()
    .at(-1)
  return {
    id: articleId(url, restored),
    type: 'Article',
    attributedTo: actorUrl(critic.id),
    name: withoutMentions(title),
    summary: summaryOf(review),
    content: html,
    contentMap: { [language]: html },
    mediaType: 'text/html',
    url,
    published: publishedAt,
    ...(updated && { updated }),
    to: [PUBLIC],
    cc: [followersUrl(critic.id), followersUrl(SITE)],
    sensitive: spoiler,
    image: {
      type: 'Image',
      mediaType: 'image/jpeg',
      url: picture.url,
      name: picture.alt,
      width: picture.width,
      height: picture.height,
    },
    tag: hashtagsOf(review).map(name => ({ type: 'Hashtag', name, href: searchFor(name) })),
  }
}

/** "4½ of 5. Go tonight. Carol Reed tilts the city …": what microblogs show above the link. */
export const summaryOf = ({ rating, summary, spoiler }: PublicReview) =>
  withoutMentions(
    [verdictOf(rating), ...(spoiler ? [GIVES_AWAY] : []), summary].filter(Boolean).join(' '),
  )

const searchFor = (hashtag: string) =>
  `${settings().siteUrl}/search?q=${encodeURIComponent(hashtag.slice(1))}`

/** Without a context. */
export const tombstone = (
  { url, archivedAt }: Pick<Archived, 'url' | 'archivedAt'>,
  restored?: number,
): Document => ({
  id: articleId(url, restored),
  type: 'Tombstone',
  formerType: 'Article',
  deleted: archivedAt,
})
