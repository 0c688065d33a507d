/** Shows what a reader's wants would have brought: the newest public reviews that match them. */
import { matches } from '../../shared/matches-wants'
import type { Card } from '../../shared/types/review'
import type { Wants } from '../../shared/types/wants'
import { latest } from '../queries/latest'
import type { Views } from '../queries/tables'

const SHOWN = 10
const LOOKED_AT = 500

/** At most ten, newest first; looks no further back than 500 reviews. */
export async function matchingReviews(
  views: Views,
  siteUrl: string,
  wants: Wants,
): Promise<Card[]> {
  const found: Card[] = []
  for (
    let after: string | undefined, seen = 0;
    seen < LOOKED_AT && found.length < SHOWN;
    seen += 100
  ) {
    const { items, next } = await latest(views, siteUrl, {
      limit: 100,
      after,
      minRating: wants.minRating,
    })
    found.push(...items.filter(card => matches(wants, card)))
    if (!(after = next)) break
  }
  return found.slice(0, SHOWN)
}
