/** Which of the feeds that somebody subscribed to an event touches. */
import { genreKey } from '../../../shared/genre-key'
import { settings } from '../../config/settings'
import { appReadOnly } from '../../db/open'
import type { FeedQuery } from '../../feeds/feed'
import { readFeedAddress } from '../../feeds/feed-address'
import { useLog } from '../../log'
import type { Recorded } from '../../log/event-log'
import { criticSlugs } from '../../queries/critic-slugs'
import { useViews } from '../../queries/views'
import { evolve, initialState, type ReviewState } from '../../review/review'

/**
 * A review counts as it was before the event and after it: it leaves one feed and enters another.
 * An archiving counts all that it ever was, because it leaves a tombstone.
 */
export async function touchedTopics(event: Recorded): Promise<string[]> {
  const topics = await subscribedTopics()
  if (!topics.length) return []
  const stages = await stagesOf(event)
  const { byId, bySlug } = await criticSlugs(useViews())
  const idOf = (critic: string) => (byId.has(critic) ? critic : bySlug.get(critic))
  const queries = await Promise.all(
    topics.map(topic => readFeedAddress(settings().siteUrl, topic).catch(() => undefined)),
  )
  return topics.filter((_, i) => {
    const query = queries[i]?.query
    return query && stages.some(stage => shows(query, stage, idOf))
  })
}

async function subscribedTopics(): Promise<string[]> {
  const rows = await appReadOnly()
    .selectFrom('hub_subscriptions')
    .select('topic')
    .distinct()
    .execute()
  return rows.map(({ topic }) => topic)
}

type Stage = Pick<ReviewState, 'critic' | 'content'>

async function stagesOf(event: Recorded): Promise<Stage[]> {
  if (event.type === 'ReviewPublished') return [event.data]
  const stages: Stage[] = []
  let state = initialState
  for (const each of await useLog().readStream(event.stream)) {
    if (each.version > event.version) break
    state = evolve(state, each)
    stages.push(state)
  }
  return event.type === 'ReviewArchived' ? stages : stages.slice(-2)
}

const shows = (
  { genre, critic, minRating = 0 }: FeedQuery,
  { critic: by, content }: Stage,
  idOf: (critic: string) => string | undefined,
): boolean =>
  content !== undefined &&
  content.rating >= minRating &&
  (!critic || idOf(critic) === by.id) &&
  (!genre || content.movie.genres.map(genreKey).includes(genreKey(genre)))
