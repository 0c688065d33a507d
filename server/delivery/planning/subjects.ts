/** What a delivery is about: the event, and its review as it may be shown now. The latest are remembered for as long as the log has not moved. */
import { LRUCache } from 'lru-cache'
import type { PublicReview, Withdrawn } from '../../../shared/types/review'
import type { EventLog, Recorded } from '../../log/event-log'
import { load } from '../../log/handle-command'
import { publicReview, withdrawn } from '../../review/public-review'
import type { ReviewState } from '../../review/review'

export interface Subject {
  event: Recorded
  review: PublicReview
  withdrawn?: Withdrawn
  state: ReviewState
}

/** A withdrawal is told while the review is withdrawn, anything else while it is not: asked when planning, and again at the last moment. */
export const isSaid = (type: string, { withdrawn }: Subject) =>
  Boolean(withdrawn) === (type === 'ReviewArchived')

/** A replay passes through years of reviews; it must not keep them. */
const MOST = 300

export class SubjectReader {
  private subjects = new LRUCache<number, Promise<Subject | undefined>>({ max: MOST })
  private head = -1

  constructor(
    private log: EventLog,
    private siteUrl: string,
  ) {}

  /** Undefined when the review was never published. */
  async subject(event: Recorded): Promise<Subject | undefined> {
    const head = await this.log.head()
    if (head !== this.head) {
      this.subjects.clear()
      this.head = head
    }
    const known = this.subjects.get(event.position)
    if (known) return known
    const subject = this.read(event)
    this.subjects.set(event.position, subject)
    subject.catch(() => this.subjects.delete(event.position))
    return subject
  }

  async at(position: number): Promise<Subject | undefined> {
    const event =
      (await this.subjects.get(position))?.event ??
      (await this.log.read({ after: position - 1, limit: 1 }))[0]
    return event && this.subject(event)
  }

  private async read(event: Recorded): Promise<Subject | undefined> {
    const { state } = await load(this.log, event.data.id)
    const review = publicReview(state, this.siteUrl)
    return review && { event, review, withdrawn: withdrawn(state, this.siteUrl), state }
  }
}
