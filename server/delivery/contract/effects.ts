/**
 * Says what a part does on an event, and why. The event map and the run sheet both read it here, so
 * that they cannot differ.
 */
import type { Effect } from '../../../shared/types/event-map'
import type { DomainEvent } from '../../log/event-log'
import type { Reactor } from './define-reactor'

type Type = DomainEvent['type']
type Effects = Partial<Record<Type, Effect>>

/** What the part itself says comes first, then what its kind does. */
export function effectOf(reactor: Reactor, type: Type): Effect {
  if (!reactor.on[type]) return { reach: 'nothing', says: WHY_NOTHING[type] ?? '' }
  return reactor.does?.[type] ?? kindOf(reactor)[type] ?? { reach: 'updated quietly', says: '' }
}

function kindOf({ audience, independentEvents }: Reactor): Effects {
  if (independentEvents) return CALLED
  return audience ? READERS : NETWORK
}

const loud = (says: string): Effect => ({ reach: 'notified', says })
const quiet = (says: string): Effect => ({ reach: 'updated quietly', says })

const NETWORK: Effects = {
  ReviewPublished: loud('Posts it'),
  ReviewFixed: quiet('Edits its post'),
  ReviewCorrected: quiet('Edits its post'),
  ReviewArchived: quiet('Deletes its post'),
}
const READERS: Effects = {
  ReviewPublished: loud('Notifies its subscribers'),
  ReviewFixed: quiet('Updates what it sent'),
  ReviewCorrected: quiet('Updates what it sent'),
}
/** Recipients that ask for each kind of event. */
const CALLED: Effects = {
  ReviewPublished: loud('Sent to whoever asked for publications'),
  ReviewFixed: loud('Sent to whoever asked for typo fixes'),
  ReviewCorrected: loud('Sent to whoever asked for corrections'),
  ReviewArchived: loud('Sent to whoever asked for archived reviews'),
  ReviewRestored: loud('Sent to whoever asked for restored reviews'),
  ReviewErased: loud('Sent to whoever asked for erased reviews'),
}
const WHY_NOTHING: Partial<Record<Type, string>> = {
  ReviewFixed: 'Nothing is sent for a typo',
  ReviewCorrected: 'Nothing is sent for a correction',
  ReviewArchived: 'What was sent cannot be recalled',
  ReviewRestored: 'Nobody is notified twice of one review',
  ReviewErased: 'It was taken back, where that is possible, when it was archived',
}
