/**
 * The commands: what somebody asks for. Time and ids are arguments; a decision never reads a clock.
 */
import type { Critic } from '../../shared/types/review'
import type { PartChoices, PartWords, PublishedContent, ReviewEventType } from './events'

/** The event that each command leads to, if anything happens. */
export const LEADS_TO = {
  DraftReview: 'ReviewDrafted',
  PublishReview: 'ReviewPublished',
  FixReview: 'ReviewFixed',
  CorrectReview: 'ReviewCorrected',
  ArchiveReview: 'ReviewArchived',
  RestoreReview: 'ReviewRestored',
  EraseReview: 'ReviewErased',
  ScheduleReview: 'ReviewScheduled',
  CancelSchedule: 'ScheduleCancelled',
} as const satisfies Record<ReviewCommand['type'], ReviewEventType>

export type ReviewCommand =
  | { type: 'DraftReview'; data: { id: string; critic: Critic; sample?: boolean }; now: string }
  | {
      type: 'PublishReview'
      data: { id: string; slug: string; content: PublishedContent; parts?: PartChoices }
      now: string
    }
  | {
      type: 'FixReview'
      data: { changes: Partial<PublishedContent>; words?: PartWords }
      now: string
    }
  | {
      type: 'CorrectReview'
      data: { changes: Partial<PublishedContent>; note: string; words?: PartWords }
      now: string
    }
  | {
      type: 'ArchiveReview'
      data: { reason: string; actorId?: string; forGood?: boolean }
      now: string
    }
  | { type: 'RestoreReview'; data: object; now: string }
  | { type: 'EraseReview'; data: { slug: string }; now: string }
  | {
      type: 'ScheduleReview'
      data: { at: string; timeZone?: string; parts?: PartChoices }
      now: string
    }
  | { type: 'CancelSchedule'; data: { reason?: string }; now: string }
