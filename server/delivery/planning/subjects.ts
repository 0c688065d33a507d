/**
 * What a delivery is about: the event, and its review as it may be shown now. The latest are
 * remembered for as long as the log has not moved.
 */
import { LRUCache } from 'lru-cache'
import type { PublicReview, Archived } from '../../../shared/types/review'
import type { EventLog, Recorded } from '../../log/event-log'
import { load } from '../../log/handle-command'
import { publicReview, archivedNotice } from '../../review/public-review'
import type { ReviewState } from '../../review/review'

export interface Subject {
  event: Recorded
  review: PublicReview
  archived?: Archived
  state: ReviewState
}

/**
 * A withdrawal is told while the review is archived, anything else while it is not: asked when
 * planning, and again at the last moment.
 */
export const stillApplies = (type: string, { archived }: Subject) =>
  Boolean(archived) === (type === 'ReviewArchived')

/** A replay passes through years of reviews; it must not keep them. */
const MOST = 300

/** One per process, shared by all parts: they are told of the same event at the same time. */
export class SubjectReader {
  private subjects = new LRUCache<number, Promise<Subject | undefined>>({ max: MOST })
  private head = -1
  private askedHead?: Promise<number>

  constructor(
    private log: EventLog,
    private siteUrl: string,
  ) {}

  /** Undefined when the review was never published. */
  of(event: Recorded): Promise<Subject | undefined> {
    return this.remembered(event.position, () => this.read(event))
  }

  /** The same for the event at a position; undefined also when there is none. */
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

  /** What was read before the log moved is not remembered. */
  private async forgetStale() {
    const head = await this.latestHead()
    if (head <= this.head) return
    this.subjects.clear()
    this.head = head
  }

  /** Shared by all who ask in one turn of the event loop: the log is asked after the last of them, once. */
  private latestHead(): Promise<number> {
    this.askedHead ??= new Promise(resolve => setImmediate(resolve)).then(() => {
      this.askedHead = undefined
      return this.log.head()
    })
    return this.askedHead
  }

  private async read(event: Recorded): Promise<Subject | undefined> {
    const { state } = await load(this.log, event.data.id)
    const review = publicReview(state, this.siteUrl)
    return review && { event, review, archived: archivedNotice(state, this.siteUrl), state }
  }
}
