/**
 * Reviews as the log tells them: how each may be shown now, and what it was after each of its
 * events. Kept until the log says more about them.
 */
import { LRUCache } from 'lru-cache'
import type { Matchable } from '../../shared/matches-wants'
import type { EventLog, Recorded } from '../log/event-log'
import { streamOf } from '../log/handle-command'
import { slugsById } from '../queries/review'
import { useViews } from '../queries/views'
import { evolve, initialState, type ReviewState } from '../review/review'

/** `stages[version]` is what wants are compared with after that event; undefined before the first publication. */
export interface ReviewHistory {
  state: ReviewState
  stages: (Matchable | undefined)[]
}

/** Each with its text. */
const MOST = 200
const MOST_SLUGS = 10_000
/** So few are as quickly read from the log. */
const FEW = 5
/** Beyond this, forgetting everything is quicker than looking who changed. */
const MOST_READ = 500

export class ReviewHistories {
  private known = new LRUCache<string, Promise<ReviewHistory>>({ max: MOST })
  /** A review keeps the slug that it was published under. */
  private slugs = new LRUCache<string, string>({ max: MOST_SLUGS })
  private head = 0

  constructor(private log: EventLog) {}

  /** Forgets the reviews that have changed since; call it once the events of an answer are read. */
  async catchUp(): Promise<void> {
    const head = await this.log.head()
    if (head <= this.head) return
    const changed =
      head - this.head <= MOST_READ
        ? await this.log.read({ after: this.head, limit: MOST_READ, texts: false })
        : undefined
    if (changed) for (const event of changed) this.known.delete(event.data.id)
    else this.known.clear()
    // An erased review loses its slug, which was made from its title.
    if (!changed || changed.some(event => event.type === 'ReviewErased')) this.slugs.clear()
    this.head = Math.max(this.head, head)
  }

  of(id: string): Promise<ReviewHistory> {
    const known = this.known.get(id)
    if (known) return known
    const read = this.read(id)
    this.known.set(id, read)
    read.catch(() => {
      if (this.known.peek(id) === read) this.known.delete(id)
    })
    return read
  }

  /** The slug of a review that was published at this event or before. */
  async slugOf({ type, data }: Recorded): Promise<string> {
    const sent = type === 'ReviewPublished' ? data.slug : undefined
    const slug = sent ?? this.slugs.get(data.id) ?? (await this.of(data.id)).state.slug ?? data.id
    this.slugs.set(data.id, slug)
    return slug
  }

  /** Looks many slugs up at once in the read models, if these know all that the histories do. */
  async learnSlugs(events: Recorded[]): Promise<void> {
    const ids = new Set(events.map(({ data }) => data.id).filter(id => !this.slugs.has(id)))
    if (ids.size < FEW) return
    const slugs = await slugsById(useViews(), [...ids], this.head)
    for (const [id, slug] of slugs) this.slugs.set(id, slug)
  }

  private async read(id: string): Promise<ReviewHistory> {
    const stages: ReviewHistory['stages'] = []
    let state = initialState
    for (const event of await this.log.readStream(streamOf(id))) {
      state = evolve(state, event)
      stages[event.version] = stageOf(state)
    }
    return { state, stages }
  }
}

const stageOf = ({ content, critic }: ReviewState): Matchable | undefined =>
  content && { genres: content.movie.genres, critic, rating: content.rating }

const histories = new WeakMap<EventLog, ReviewHistories>()

/** One per log, shared by all that tell of its events. */
export function historiesOf(log: EventLog): ReviewHistories {
  const known = histories.get(log)
  if (known) return known
  const made = new ReviewHistories(log)
  histories.set(log, made)
  return made
}
