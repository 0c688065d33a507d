/** A page of a Relay connection: reads its arguments and makes its edges. */
import { type DefaultConnectionArguments, resolveCursorConnection } from '@pothos/plugin-relay'
import type { Card } from '../../shared/types/review'
import { refuse } from '../http/problem'
import { cursorAfter } from '../queries/cursor'
import type { ReviewWindow } from '../queries/review-window'

const MOST = 100

/** Throws a 422 that names the argument when it is not a size of a page. */
export async function reviewPage(
  args: DefaultConnectionArguments,
  load: (window: ReviewWindow) => Promise<Card[]>,
) {
  requireSize('first', args.first)
  requireSize('last', args.last)
  if (args.first != null && args.last != null) refuse('last', 'cannot be combined with first')
  return resolveCursorConnection(
    { args, toCursor: (card: Card) => cursorAfter(card.publishedAt, card.id) },
    load,
  )
}

function requireSize(field: string, size: number | null | undefined) {
  if (size != null && (size < 1 || size > MOST)) refuse(field, `must be 1 to ${MOST}`)
}
