/**
 * The life of one review: `decide` says whether a command may happen, `evolve` what is true after
 * an event. Pure.
 */
import { canonical } from '../../shared/canonical'
import type { ArchivedBy, Correction, Critic, ReviewStatus } from '../../shared/types/review'
import { archive, archivedBy } from './archiving'
import type { ReviewCommand } from './commands'
import type { PartChoices, PublishedContent, ReviewEvent } from './events'
import { IllegalReview } from './illegal-review'
import { keepsWords, withWords } from './part-words'
import { ERASED_CONTENT, ERASED_REASON } from './texts'

export interface ReviewState {
  status: 'none' | ReviewStatus
  id: string
  critic: Critic
  sample: boolean
  slug?: string
  content?: PublishedContent
  publishedAt?: string
  fixedAt?: string
  corrections: Correction[]
  schedule?: { at: string; timeZone?: string; parts?: PartChoices }
  /** Why a schedule did not publish it, until it is scheduled again or published. */
  refused?: { reason: string; at: string }
  parts?: PartChoices
  archived?: { reason: string; by?: ArchivedBy; at: string; forGood?: true }
  /** Its text is gone for good. */
  erased?: { at: string }
}

export const initialState: ReviewState = {
  status: 'none',
  id: '',
  critic: { id: '', name: '' },
  sample: false,
  corrections: [],
}

/**
 * The events that a command leads to; none when the review is already as asked. Throws
 * IllegalReview.
 */
export function decide(state: ReviewState, command: ReviewCommand): ReviewEvent[] {
  const { now } = command
  const id = state.id
  const refuse = (message: string): never => {
    throw new IllegalReview(message, state.status)
  }
  switch (command.type) {
    case 'DraftReview':
      if (state.status !== 'none')
        return state.critic.id === command.data.critic.id
          ? []
          : refuse('this id belongs to another review')
      return [{ type: 'ReviewDrafted', data: { ...command.data, draftedAt: now } }]
    case 'PublishReview': {
      if (state.status === 'published') return []
      if (state.status === 'archived')
        return refuse('an archived review can be restored, not published again')
      if (state.status === 'none') return refuse('there is no such draft')
      const { slug, content, parts } = command.data
      return [
        {
          type: 'ReviewPublished',
          data: {
            id,
            slug,
            critic: state.critic,
            content,
            publishedAt: now,
            ...(parts && { parts }),
            ...(state.sample && { sample: true }),
          },
        },
      ]
    }
    case 'FixReview':
      if (state.status !== 'published') return refuse('only a published review can be fixed')
      return nothingChanged(state, command.data.changes) &&
        keepsWords(state.parts, command.data.words)
        ? []
        : [{ type: 'ReviewFixed', data: { id, ...command.data, fixedAt: now } }]
    case 'CorrectReview':
      if (state.status !== 'published') return refuse('only a published review can be corrected')
      return [
        {
          type: 'ReviewCorrected',
          data: { id, ...command.data, correctedAt: now },
        },
      ]
    case 'ArchiveReview':
      return archive(state, command)
    case 'RestoreReview':
      if (state.status === 'published') return []
      if (state.status !== 'archived') return refuse('only an archived review can be restored')
      if (state.erased) return refuse('its text was erased')
      if (state.archived!.forGood) return refuse('it was withdrawn for good')
      return [{ type: 'ReviewRestored', data: { id, restoredAt: now } }]
    case 'EraseReview':
      if (state.erased) return []
      if (state.status !== 'archived') return refuse('only an archived review can be erased')
      return [{ type: 'ReviewErased', data: { id, ...command.data, erasedAt: now } }]
    case 'ScheduleReview':
      if (state.status !== 'draft' && state.status !== 'scheduled')
        return refuse('only a draft can be scheduled')
      if (command.data.at <= now) return refuse('that time has passed')
      return [{ type: 'ReviewScheduled', data: { id, ...command.data, scheduledAt: now } }]
    case 'CancelSchedule':
      if (state.status === 'draft') return []
      if (state.status !== 'scheduled') return refuse('this review is not scheduled')
      return [{ type: 'ScheduleCancelled', data: { id, ...command.data, cancelledAt: now } }]
  }
}

/** The state after an event. What has happened is never refused here. */
export function evolve(state: ReviewState, event: ReviewEvent): ReviewState {
  switch (event.type) {
    case 'ReviewDrafted':
      return {
        ...state,
        status: 'draft',
        id: event.data.id,
        critic: event.data.critic,
        sample: event.data.sample ?? false,
      }
    case 'ReviewPublished': {
      const { id, slug, critic, content, publishedAt, parts, sample } = event.data
      return {
        ...state,
        status: 'published',
        id,
        slug,
        critic,
        content,
        publishedAt,
        parts,
        sample: sample ?? false,
        schedule: undefined,
        refused: undefined,
      }
    }
    case 'ReviewFixed':
      return {
        ...state,
        content: { ...state.content!, ...event.data.changes },
        parts: withWords(state.parts, event.data.words),
        fixedAt: event.data.fixedAt,
      }
    case 'ReviewCorrected': {
      const { changes, note, words, correctedAt } = event.data
      const was = state.content!.rating
      const is = changes.rating ?? was
      return {
        ...state,
        content: { ...state.content!, ...changes },
        parts: withWords(state.parts, words),
        corrections: [
          ...state.corrections,
          { at: correctedAt, note, ...(is !== was && { rating: { was, is } }) },
        ],
      }
    }
    case 'ReviewArchived':
      return {
        ...state,
        status: 'archived',
        archived: archivedBy(event.data),
      }
    case 'ReviewRestored':
      return { ...state, status: 'published', archived: undefined }
    case 'ReviewScheduled': {
      const { at, timeZone, parts } = event.data
      return {
        ...state,
        status: 'scheduled',
        schedule: { at, timeZone, parts },
        refused: undefined,
      }
    }
    case 'ScheduleCancelled': {
      const { reason, cancelledAt: at } = event.data
      return {
        ...state,
        status: 'draft',
        schedule: undefined,
        refused: reason ? { reason, at } : undefined,
      }
    }
    case 'ReviewErased':
      return {
        ...state,
        slug: event.data.slug,
        content: ERASED_CONTENT,
        corrections: [],
        parts: undefined,
        archived: { ...state.archived!, reason: ERASED_REASON, forGood: true },
        erased: { at: event.data.erasedAt },
      }
  }
}

/**
 * Compares values whatever the order of their keys, because the log does not keep that order. The
 * language follows from the text.
 */
const nothingChanged = (state: ReviewState, changes: Partial<PublishedContent>) =>
  Object.entries(changes).every(
    ([field, value]) =>
      field === 'language' ||
      canonical(value) === canonical(state.content?.[field as keyof PublishedContent]),
  )
