/**
 * Reads what a delivery is about: the event, and its review as it may be shown now. The latest are
 * cached until the log moves.
 */
import { LRUCache } from 'lru-cache'
import type { Archived, PublicReview } from '../../../shared/types/review'
import type { EventLog, Recorded } from '../../log/event-log'
import { load } from '../../log/handle-command'
import { archivedNotice, publicReview } from '../../review/public-review'
import type { ReviewState } from '../../review/review'

export interface Subject {
  event: Recorded
  review: PublicReview
  archived?: Archived
  state: ReviewState
}

/** What is sent about a review that is public no more. */
const AFTERWARDS = new Set(['ReviewArchived', 'ReviewErased'])

/**
 * An archiving is sent while the review is archived, anything else while it is not. Checked when
 * planning, and again at the last moment.
 */
export const stillApplies = (type: string, { archived }: Subject) =>
  Boolean(archived) === AFTERWARDS.has(type)

/** Bounded, because a replay passes through years of reviews. */
const MOST = 300

/** One per process, shared by all parts, because they handle the same event at the same time. */
export class SubjectReader {
  private subjects = new LRUCache<number, Promise<Subject | undefined>>({ max: MOST })
  private head = -1
  private pendingHead?: Promise<number>

  constructor(
    private log: EventLog,
    private siteUrl: string,
  ) {}

  /** Undefined if the review was never published. */
  of(event: Recorded): Promise<Subject | undefined> {
    return this.remembered(event.position, () => this.read(event))
  }

  /** The same for the event at a position; also undefined if there is none. */
  at(position: number): Promise<Subject | undefined> {
    return this.remembered(position, async () => {
      const [event] = await this.log.read({ after: position - 1, limit: 1 })
      return event && this.read(event)
    })
  }

  private async remembered(position: number, read: () => Promise<Subject | undefined>) {
    await this.forgetStale()
    const known = this.subjects.get(position)
    if (known) return known
    const subject = read()
    this.subjects.set(position, subject)
    subject.catch(() => {
      if (this.subjects.peek(position) === subject) this.subjects.delete(position)
    })
    return subject
  }

  /** Drops what was read before the log moved. */
  private async forgetStale() {
    const head = await this.latestHead()
    if (head <= this.head) return
    this.subjects.clear()
    this.head = head
  }

  /**
   * Shared by all callers in one turn of the event loop: the log is asked once, after the last of
   * them.
   */
  private latestHead(): Promise<number> {
    this.pendingHead ??= new Promise(resolve => setImmediate(resolve)).then(() => {
      this.pendingHead = undefined
      return this.log.head()
    })
    return this.pendingHead
  }

  private async read(event: Recorded): Promise<Subject | undefined> {
    const { state } = await load(this.log, event.data.id)
    const review = publicReview(state, this.siteUrl)
    return review && { event, review, archived: archivedNotice(state, this.siteUrl), state }
  }
}
