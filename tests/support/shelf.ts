/**
 * A shelf of reviews for tests that read: events folded by the real projections into read models in
 * memory.
 */
import { openViews } from '../../server/db/views-file'
import type { EventLog, Recorded } from '../../server/log/event-log'
import critics from '../../server/projections/critics'
import latestReviews from '../../server/projections/latest-reviews'
import movies from '../../server/projections/movies'
import publicChanges from '../../server/projections/public-changes'
import reviewMovies from '../../server/projections/review-movies'
import reviews from '../../server/projections/reviews'
import search from '../../server/projections/search'
import type { Views } from '../../server/queries/tables'
import { Projector } from '../../server/read-models/projector'
import type { PublishedContent, ReviewEvent } from '../../server/review/events'
import { movieId } from '../../shared/movie-id'

export interface Shelved {
  id: string
  title: string
  film: string
  year?: number
  genres?: string[]
  rating?: number
  critic?: string
  publishedAt: string
  text?: string
  ratio?: number
  spoiler?: boolean
}

/**
 * The two events that put a review on the shelf; its slug is its id, and its critic's id is their
 * name in lower case.
 */
export function shelve({
  id,
  title,
  film,
  year = 1949,
  genres = ['Drama'],
  rating = 4,
  critic = 'Ines',
  publishedAt,
  text = 'Words.',
  ratio,
  spoiler = false,
}: Shelved): ReviewEvent[] {
  const by = { id: critic.toLowerCase(), name: critic }
  const content: PublishedContent = {
    title,
    movie: { id: movieId(film, year), title: film, year, genres, ...(ratio && { ratio }) },
    rating,
    summary: `About ${film}.`,
    body: text,
    tree: [{ t: 'p', c: [{ t: 'text', v: text }] }],
    tags: [],
    spoiler,
  }
  return [
    { type: 'ReviewDrafted', data: { id, critic: by, draftedAt: publishedAt } },
    { type: 'ReviewPublished', data: { id, slug: id, critic: by, content, publishedAt } },
  ]
}

/** Read models made from these events; close them with `views.destroy()`. */
export async function viewsAfter(events: ReviewEvent[], file = ':memory:'): Promise<Views> {
  const views = openViews(file)
  const recorded = events.map(
    (event, i) =>
      ({
        ...event,
        position: i + 1,
        id: `event-${i + 1}`,
        stream: event.data.id,
        version: i + 1,
        schemaVersion: 1,
        meta: { actor: 'test' },
        at: timeOf(event),
        commandId: null,
        hash: '',
      }) as Recorded,
  )
  let release = () => {}
  const log: Pick<EventLog, 'head' | 'read' | 'wait'> = {
    head: async () => recorded.length,
    read: async ({ after, limit = 500 }) => recorded.slice(after, after + limit),
    wait: () =>
      new Promise(resolve => {
        release = () => resolve(recorded.length)
      }),
  }
  const projector = new Projector(log as EventLog, views, [
    critics,
    latestReviews,
    movies,
    publicChanges,
    reviewMovies,
    reviews,
    search,
  ])
  await projector.start()
  const stopped = projector.stop()
  release()
  await stopped
  return views
}

const timeOf = ({ data }: ReviewEvent) =>
  Object.entries(data).find(([name]) => /[a-z]At$/.test(name))?.[1] as string
