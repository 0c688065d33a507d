/** The refusal of a command that the review's state forbids. */
import type { ReviewStatus } from '../../shared/types/review'

/** A command that the review's state forbids; nothing has changed. */
export class IllegalReview extends Error {
  constructor(
    message: string,
    readonly status: 'none' | ReviewStatus,
  ) {
    super(message)
    this.name = 'IllegalReview'
  }
}
