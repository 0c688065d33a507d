/** The events in the life of a review: only what others could care about, never keystrokes. */
import type { Block } from '../../shared/markdown/tree'
import type { ArchivedBy, Critic, ReviewContent } from '../../shared/types/review'

/** What the critic chose in the publish panel: a part switched off, or other words for its line. */
export type PartChoices = Record<string, false | { text?: string }>

/** Other words for parts after publishing; without `text` a part uses its own again. */
export type PartWords = Record<string, { text?: string }>

/**
 * Content as published: the Markdown, the tree that was parsed from it, and the language it is in
 * if not English.
 */
export type PublishedContent = ReviewContent & { tree: Block[]; language?: string }

/** `erased`: the text of this event is gone, and stand-ins are in its place (texts.ts). */
export interface Erasable {
  erased?: true
}

export type ReviewEvent =
  | {
      type: 'ReviewDrafted'
      data: { id: string; critic: Critic; draftedAt: string; sample?: boolean }
    }
  | {
      type: 'ReviewPublished'
      data: Erasable & {
        id: string
        slug: string
        critic: Critic
        content: PublishedContent
        publishedAt: string
        parts?: PartChoices
        sample?: boolean
      }
    }
  | {
      type: 'ReviewFixed'
      data: Erasable & {
        id: string
        changes: Partial<PublishedContent>
        words?: PartWords
        fixedAt: string
      }
    }
  | {
      type: 'ReviewCorrected'
      data: Erasable & {
        id: string
        changes: Partial<PublishedContent>
        note: string
        words?: PartWords
        correctedAt: string
      }
    }
  | {
      type: 'ReviewArchived'
      /** `forGood`: it can never be restored. */
      data: Erasable & {
        id: string
        reason: string
        by?: ArchivedBy
        archivedAt: string
        forGood?: true
      }
    }
  | { type: 'ReviewRestored'; data: { id: string; restoredAt: string } }
  | {
      type: 'ReviewScheduled'
      data: Erasable & {
        id: string
        at: string
        timeZone?: string
        parts?: PartChoices
        scheduledAt: string
      }
    }
  | {
      type: 'ScheduleCancelled'
      data: Erasable & { id: string; reason?: string; cancelledAt: string }
    }
  /** `slug` takes the place of the one that was made from the title. */
  | { type: 'ReviewErased'; data: { id: string; slug: string; erasedAt: string } }

export type ReviewEventType = ReviewEvent['type']
export const REVIEW_EVENT_TYPES = [
  'ReviewDrafted',
  'ReviewPublished',
  'ReviewFixed',
  'ReviewCorrected',
  'ReviewArchived',
  'ReviewRestored',
  'ReviewScheduled',
  'ScheduleCancelled',
  'ReviewErased',
] as const satisfies readonly ReviewEventType[]

/** The current schema version of each event's data; `upcast.ts` turns older rows into it. */
export const SCHEMA_VERSION: Record<ReviewEventType, number> = {
  ReviewDrafted: 1,
  ReviewPublished: 1,
  ReviewFixed: 1,
  ReviewCorrected: 1,
  ReviewArchived: 1,
  ReviewRestored: 1,
  ReviewScheduled: 1,
  ScheduleCancelled: 1,
  ReviewErased: 1,
}
