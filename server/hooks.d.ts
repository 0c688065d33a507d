/**
 * The hooks that any Nitro plugin may listen to. They are for what may be missed; whatever must
 * arrive is a reactor's job.
 */
import type { Card } from '../shared/types/review'
import type { DomainEvent, Recorded } from './log/event-log'

type Of<T extends DomainEvent['type']> = Recorded<Extract<DomainEvent, { type: T }>>
/**
 * `card` is what a list shows of the review after the event; of an archived one, what it last
 * showed.
 */
type Seen<T extends DomainEvent['type']> = (payload: {
  event: Of<T>
  card: Card
}) => void | Promise<void>
type Unseen<T extends DomainEvent['type']> = (payload: { event: Of<T> }) => void | Promise<void>

declare module 'nitropack/types' {
  interface NitroRuntimeHooks {
    /**
     * The process was asked to stop: close streams and take on no new work. `close` follows once
     * all answers are sent.
     */
    shutdown: () => void | Promise<void>
    'review:published': Seen<'ReviewPublished'>
    'review:fixed': Seen<'ReviewFixed'>
    'review:corrected': Seen<'ReviewCorrected'>
    'review:archived': Seen<'ReviewArchived'>
    'review:restored': Seen<'ReviewRestored'>
    'review:drafted': Unseen<'ReviewDrafted'>
    'review:scheduled': Unseen<'ReviewScheduled'>
    'review:schedule-cancelled': Unseen<'ScheduleCancelled'>
    'review:erased': Unseen<'ReviewErased'>
  }
}
