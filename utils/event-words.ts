/** The events of a review in plain words, for people who do not know their names in the code. */
const WORDS: Record<string, string> = {
  ReviewDrafted: 'A draft is started',
  ReviewPublished: 'A review is published',
  ReviewFixed: 'A typo is fixed',
  ReviewCorrected: 'A correction is published',
  ReviewArchived: 'A review is archived',
  ReviewRestored: 'A review is restored',
  ReviewErased: 'The text of a review is erased',
  ReviewScheduled: 'A review is scheduled',
  ScheduleCancelled: 'A schedule is cancelled',
}

/** "A review is published"; an unknown event keeps its name. */
export const eventWords = (type: string) => WORDS[type] ?? type

const NAMES: Record<string, string> = {
  ReviewDrafted: 'Draft started',
  ReviewPublished: 'Published',
  ReviewFixed: 'Typo fixed',
  ReviewCorrected: 'Correction published',
  ReviewArchived: 'Archived',
  ReviewRestored: 'Restored',
  ReviewScheduled: 'Scheduled',
  ScheduleCancelled: 'Schedule cancelled',
  ReviewErased: 'Text erased',
}

/** "Published": an event of a review that is known; an unknown one keeps its name. */
export const eventName = (type: string) => NAMES[type] ?? type
