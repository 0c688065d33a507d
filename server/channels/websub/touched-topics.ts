/** Which of the feeds that somebody subscribed to an event touches. */
import { slugOf } from '../../../shared/slug'
import { settings } from '../../config/settings'
import { appReadOnly } from '../../db/open'
import { type FeedQuery, readFeedAddress } from '../../feeds/feed-address'
import { useLog } from '../../log'
import type { Recorded } from '../../log/event-log'
import { historiesOf } from '../../notices/review-histories'
import { isWanted } from '../../notices/wanted'
import { criticSlugs } from '../../queries/critic-slugs'
import { useViews } from '../../queries/views'

/**
 * A feed wants every type of event, about the reviews that its address names: as they were before
 * the event or after it, because a review leaves one feed and enters another.
 */
export async function touchedTopics(event: Recorded): Promise<string[]> {
  const topics = await subscribedTopics()
  if (!topics.length) return []
  const histories = historiesOf(useLog())
  await histories.catchUp()
  const touched = await Promise.all(
    topics.map(async topic => {
      const feed = await readFeedAddress(settings().siteUrl, topic).catch(() => undefined)
      return feed && isWanted({ wants: await wantsOf(feed.query) }, event, histories)
    }),
  )
  return topics.filter((_, i) => touched[i])
}

async function subscribedTopics(): Promise<string[]> {
  const rows = await appReadOnly()
    .selectFrom('hub_subscriptions')
    .select('topic')
    .distinct()
    .execute()
  return rows.map(({ topic }) => topic)
}

async function wantsOf({ genre, critic, minRating }: FeedQuery) {
  const { byId, bySlug } = await criticSlugs(useViews())
  const criticId = critic && !byId.has(critic) ? bySlug.get(slugOf(critic)) : critic
  return {
    ...(genre && { genres: [genre] }),
    ...(criticId && { critics: [criticId] }),
    ...(minRating && { minRating }),
  }
}
