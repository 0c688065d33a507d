/** Whether a subscription asks for an event. */
import { type Matchable, matches } from '../../shared/matches-wants'
import type { Subscription } from '../../shared/schemas/subscription'
import { NOTICE_TYPE, PUBLIC_EVENTS, type PublicEventType } from '../../shared/types/notice'
import type { Recorded } from '../log/event-log'
import type { ReviewHistories } from './review-histories'

type Histories = Pick<ReviewHistories, 'of'>
export type Wanted = Pick<Subscription, 'types' | 'subject' | 'wants'> &
  Partial<Pick<Subscription, 'shape'>>

/** The names in the log of the types that are asked for. */
export const eventTypesOf = ({ types }: Pick<Subscription, 'types'>): PublicEventType[] =>
  types ? PUBLIC_EVENTS.filter(event => types.includes(NOTICE_TYPE[event])) : PUBLIC_EVENTS

export async function isWanted(
  { types, subject, wants }: Wanted,
  event: Recorded,
  histories: Histories,
): Promise<boolean> {
  if (types && !types.includes(NOTICE_TYPE[event.type as PublicEventType])) return false
  if (subject && !subject.includes(event.data.id)) return false
  // Nobody knows any more what it was, and whoever has a copy should delete it.
  if (event.type === 'ReviewErased' || !narrows(wants)) return true
  return (await stagesAt(event, histories)).some(stage => matches(wants!, stage))
}

/** Whether wants leave anything out. */
export const narrows = (wants: Subscription['wants']): boolean =>
  Boolean(wants?.genres?.length || wants?.critics?.length || wants?.minRating)

/**
 * What the review was before the event and after it: whoever heard of a comedy also hears that it is
 * a drama now. An archiving counts all that it ever was, so that nobody keeps a review who was told
 * of it.
 */
async function stagesAt(event: Recorded, histories: Histories): Promise<Matchable[]> {
  if (event.type === 'ReviewPublished') {
    const { content, critic } = event.data
    return [{ genres: content.movie.genres, critic, rating: content.rating }]
  }
  const { stages } = await histories.of(event.data.id)
  const first = event.type === 'ReviewArchived' ? 0 : event.version - 1
  return stages.slice(first, event.version + 1).filter(stage => stage !== undefined)
}
