/** Where a review appears in a list, and which cards it gets there. */
import type { CardOptions } from './title-card'

export type Place = 'lead' | 'second' | 'row'

/** The lead has two cards, a wide one and a tall one for phones; the style sheet chooses. */
export const PLACEMENTS: Record<Place, (CardOptions & { format?: 'wide' | 'tall' })[]> = {
  lead: [
    { format: 'wide', ratio: 2.39, shown: 1200 },
    { format: 'tall', ratio: 1.2, shown: 390 },
  ],
  second: [{}],
  row: [],
}

/** So long that it would leave a hole beside it: it is set smaller, or across the whole page. */
export const isLongHeadline = (title: string) => title.length > 48

/** The front page: one lead, three prints on a rail, then rows. */
export function placeOnFrontPage(index: number): Place {
  if (index === 0) return 'lead'
  return index < 4 ? 'second' : 'row'
}
