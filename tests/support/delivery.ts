/** Makes deliveries as the runner hands them to a reactor, without a runner. */
import { z } from 'zod'
import type { Delivery, Reactor } from '../../server/delivery/contract/define-reactor'
import { fillSettings } from '../../server/delivery/contract/settings-rules'
import type { DomainEvent, Recorded } from '../../server/log/event-log'
import type { PublicReview } from '../../shared/types/review'
import { sampleReview } from './sample-review'

const NOW = '2026-11-23T20:00:00.000Z'

/** The data of each event, in its shortest form. */
const dataOf = (type: DomainEvent['type'], { id, slug, critic, ...content }: PublicReview) =>
  ({
    ReviewDrafted: { id, critic, draftedAt: NOW },
    ReviewPublished: { id, slug, critic, content, publishedAt: NOW },
    ReviewFixed: { id, changes: {}, fixedAt: NOW },
    ReviewCorrected: { id, changes: {}, note: 'The year was wrong.', correctedAt: NOW },
    ReviewArchived: { id, reason: 'Written about another film.', archivedAt: NOW },
    ReviewRestored: { id, restoredAt: NOW },
    ReviewScheduled: { id, at: NOW, scheduledAt: NOW },
    ScheduleCancelled: { id, cancelledAt: NOW },
    ReviewErased: { id, slug: `erased-${id}`, erasedAt: NOW },
  })[type]

export function recorded(
  type: DomainEvent['type'],
  review = sampleReview(),
  position = 1,
): Recorded {
  return {
    type,
    data: dataOf(type, review),
    position,
    id: `event-${position}`,
    stream: review.id,
    version: position,
    schemaVersion: 1,
    meta: { actor: 'test' },
    at: NOW,
    commandId: null,
    hash: '',
  } as Recorded
}

export interface Given {
  type?: DomainEvent['type']
  review?: PublicReview
  position?: number
  recipient?: string
  to?: unknown
  attempt?: number
  /** By default, those that the part has if none is given. */
  settings?: Record<string, string>
  changes?: Partial<Delivery<unknown, unknown>>
}

/**
 * One attempt of one delivery, with its message composed; the same position means the same event,
 * so its key is the same.
 */
export async function deliver(
  reactor: Reactor,
  {
    type = 'ReviewPublished',
    review = sampleReview(),
    position = 1,
    recipient = '',
    to,
    attempt = 1,
    settings = fillSettings(reactor.settings ?? z.object({}), () => undefined),
    changes,
  }: Given = {},
) {
  const event = recorded(type, review, position)
  const key = recipient ? `${event.id}:${recipient}` : event.id
  const archived =
    type === 'ReviewArchived'
      ? {
          id: review.id,
          slug: review.slug,
          url: review.url,
          withdrawn: true as const,
          headline: review.title,
          movie: review.movie,
          critic: review.critic,
          reason: 'Written about another film.',
          publishedAt: review.publishedAt,
          archivedAt: NOW,
        }
      : undefined
  const message = await reactor.compose?.({ event, review })
  const limit = AbortSignal.timeout(reactor.timeout ?? 15_000)
  return reactor.on[type]!({
    key,
    event: event as never,
    review,
    archived,
    recipient,
    to,
    message,
    attempt,
    bundle: [{ event, review, archived, key }],
    saveProgress: async () => {},
    settings,
    quota: () => {},
    signal: limit,
    ...changes,
  })
}
