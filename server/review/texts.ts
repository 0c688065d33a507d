/**
 * Which members of an event hold what a person wrote. They are sealed on the log, so that they can
 * be erased; whatever is not named here is sealed too, so that a new member never stays readable by
 * mistake.
 */
import type { PublishedContent, ReviewEventType } from './events'

/** Who, when and what kind of act: what an erased review still needs. */
const OPEN: Record<ReviewEventType, readonly string[]> = {
  ReviewDrafted: ['id', 'critic', 'draftedAt', 'sample'],
  ReviewPublished: ['id', 'critic', 'publishedAt', 'sample'],
  ReviewFixed: ['id', 'fixedAt'],
  ReviewCorrected: ['id', 'correctedAt'],
  ReviewArchived: ['id', 'by', 'archivedAt', 'forGood'],
  ReviewRestored: ['id', 'restoredAt'],
  ReviewScheduled: ['id', 'at', 'timeZone', 'scheduledAt'],
  ScheduleCancelled: ['id', 'cancelledAt'],
  ReviewErased: ['id', 'slug', 'erasedAt'],
}

type Members = Record<string, unknown>

/** `text` is what is to be sealed; absent if nothing in this event was written by a person. */
export function partText(type: string, data: object): { open: Members; text?: Members } {
  const isOpen = Object.hasOwn(OPEN, type) ? OPEN[type as ReviewEventType] : []
  const members = Object.entries(data).filter(([, value]) => value !== undefined)
  const text = members.filter(([name]) => !isOpen.includes(name))
  return {
    open: Object.fromEntries(members.filter(([name]) => isOpen.includes(name))),
    ...(text.length && { text: Object.fromEntries(text) }),
  }
}

/** What stands where a text was. */
export const ERASED_CONTENT: PublishedContent = {
  title: 'Erased review',
  movie: { id: '', title: '', genres: [] },
  rating: 0,
  summary: '',
  body: '',
  tree: [],
  tags: [],
  spoiler: false,
}

export const ERASED_REASON = 'Its text was erased.'

const STAND_INS: Partial<Record<ReviewEventType, (id: unknown) => Members>> = {
  ReviewPublished: id => ({ slug: id, content: ERASED_CONTENT }),
  ReviewFixed: () => ({ changes: {} }),
  ReviewCorrected: () => ({ changes: {}, note: '' }),
  ReviewArchived: () => ({ reason: ERASED_REASON }),
}

/** The data of an event whose text was erased, marked as `erased`. */
export const withoutText = (type: string, open: Members): Members => ({
  ...open,
  ...STAND_INS[type as ReviewEventType]?.(open.id),
  erased: true,
})
