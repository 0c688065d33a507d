/** Loads what fields ask for one by one together, for all that ask at the same time. */
import type { PublicReview } from '../../shared/types/review'
import { criticsById } from '../queries/critics'
import { moviesById } from '../queries/movies'
import { reviewsById } from '../queries/review'
import { reviewWindows } from '../queries/review-window'
import type { Views } from '../queries/tables'
import type { Window } from '../queries/window'
import { batched } from './batch'

export type Loaders = ReturnType<typeof loadersOf>

/** For one answer, since they keep what they have loaded; `known` reviews are not loaded. */
export function loadersOf(views: Views, siteUrl: string, known: PublicReview[] = []) {
  const windows = new Map<string, ReturnType<typeof loadWindow>>()
  const loadWindow = (column: 'movie_id' | 'critic_id', window: Window) =>
    batched(ids => reviewWindows(views, siteUrl, { column, ids }, window))

  return {
    /** The whole of a published review. */
    review: batched(async ids => byId(await reviewsById(views, siteUrl, ids)), byId(known)),
    /** How many reviews a film has, and the newest rating. */
    movie: batched(async ids => byId(await moviesById(views, ids))),
    critic: batched(async ids => byId(await criticsById(views, ids))),
    /** The same part of each one's list of reviews. */
    reviewsOf(column: 'movie_id' | 'critic_id', id: string, window: Window) {
      const name = `${column} ${JSON.stringify(window)}`
      const load = windows.get(name) ?? loadWindow(column, window)
      windows.set(name, load)
      return load(id)
    },
  }
}

const byId = <Item extends { id: string }>(items: Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map(item => [item.id, item]))
