/** A page of a Relay connection: reads its arguments and makes its edges. */
import { type DefaultConnectionArguments, resolveCursorConnection } from '@pothos/plugin-relay'
import type { Card } from '../../shared/types/review'
import { refuse } from '../http/problem'
import { cursorAfter } from '../queries/cursor'
import type { Window } from '../queries/window'

const MOST = 100

export interface Edge<Node> {
  node: Node
  cursor: string
}

/** Throws a 422 that names the argument when it is not a size of a page. */
export async function pageOf<Node>(
  { first, last, after, before }: DefaultConnectionArguments,
  load: (window: Window) => Promise<Edge<Node>[]>,
) {
  // An empty cursor is none.
  const args = { first, last, after: after || null, before: before || null }
  requireSize('first', first)
  requireSize('last', last)
  if (first != null && last != null) refuse('last', 'cannot be combined with first')
  const { edges, pageInfo } = await resolveCursorConnection(
    { args, toCursor: (edge: Edge<Node>) => edge.cursor },
    load,
  )
  return { pageInfo, edges: edges.map(({ node }) => node) }
}

export const reviewPage = (
  args: DefaultConnectionArguments,
  load: (window: Window) => Promise<Card[]>,
) =>
  pageOf(args, async window => {
    const cards = await load(window)
    return cards.map(node => ({ node, cursor: cursorAfter(node.publishedAt, node.id) }))
  })

function requireSize(field: string, size: number | null | undefined) {
  if (size != null && (size < 1 || size > MOST)) refuse(field, `must be 1 to ${MOST}`)
}
