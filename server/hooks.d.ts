/** The hooks that any Nitro plugin may listen to. They carry only what may be missed; what must arrive is a reactor. */
import type { Card } from '../shared/types/review'
import type { DomainEvent, Recorded } from './log/event-log'

type Of<T extends DomainEvent['type']> = Recorded<Extract<DomainEvent, { type: T }>>
/** `card` is what a list shows of the review after the event; of an archived one, what it showed last. */
type Seen<T extends DomainEvent['type']> = (told: {
  event: Of<T>
  card: Card
}) => void | Promise<void>
type Unseen<T extends DomainEvent['type']> = (told: { event: Of<T> }) => void | Promise<void>

declare module 'nitropack/types' {
  interface NitroRuntimeHooks {
    /** The process is asked to end: close streams, take up nothing new. `close` follows when all answers are sent. */
    shutdown: () => void | Promise<void>
    'review:published': Seen<'ReviewPublished'>
    'review:fixed': Seen<'ReviewFixed'>
    'review:corrected': Seen<'ReviewCorrected'>
    'review:archived': Seen<'ReviewArchived'>
    'review:restored': Seen<'ReviewRestored'>
    'review:drafted': Unseen<'ReviewDrafted'>
    'review:scheduled': Unseen<'ReviewScheduled'>
    'review:schedule-cancelled': Unseen<'ScheduleCancelled'>
  }
}
