/** The part of a sorted list between two cursors. */
export interface Window {
  /** Behind this one. */
  after?: string
  /** In front of this one. */
  before?: string
  limit: number
  /** Counts from the end, and returns the end first. */
  inverted: boolean
}

/** `side` says on which side of a cursor an item is: below 0 in front of it, above 0 behind it. */
export function windowOf<Item>(
  list: Item[],
  { after, before, limit, inverted }: Window,
  sideOf: (cursor: string, field: 'after' | 'before') => (item: Item) => number,
): Item[] {
  const afterSide = after === undefined ? undefined : sideOf(after, 'after')
  const beforeSide = before === undefined ? undefined : sideOf(before, 'before')
  const between = list.filter(
    item => (!afterSide || afterSide(item) > 0) && (!beforeSide || beforeSide(item) < 0),
  )
  return (inverted ? between.toReversed() : between).slice(0, limit)
}
