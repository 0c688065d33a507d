/**
 * One read model on its way along the log: either being built in memory from position 0, or kept up to
 * date on disk.
 */
import type { Recorded } from '../log/event-log'
import type { Projection } from './define-projection'
import { type Changes, fold, keyOf, noChanges } from './fold'
import { checkpointOf, loadRows, parkedReviews, saveRows } from './rows'
import type { Views } from './views'

export interface Follower {
  name: string
  version: number
  position: number
  error?: string
  swapped: boolean
}

/**
 * `unsaved` holds the rows of a read model that is still being built; one that follows the log has
 * none.
 */
export type Following = Follower & {
  projection: Projection
  parked: Set<string>
  unsaved?: Changes
}

/** Writes what was built in memory. From then on it follows the log like the others. */
export async function saveBuilt(views: Views, follower: Following) {
  const { projection, position, unsaved } = follower
  if (!unsaved) return
  await views.transaction().execute(async tx => {
    // Another process on the same file may have been quicker; it wrote what we would write.
    if ((await checkpointOf(tx, projection)) < position)
      await saveRows(tx, projection, unsaved, position)
  })
  follower.unsaved = undefined
}

/** Brings the rows of one read model up to the end of a batch. */
export async function catchUp(tx: Views, follower: Following, events: Recorded[]) {
  const { projection } = follower
  const position = await checkpointOf(tx, projection)
  const last = events.at(-1)!.position
  if (position >= last) return
  // Another process on the same file was quicker.
  if (position > follower.position) follower.parked = await parkedReviews(tx, projection)
  const news = events.filter(event => event.position > position && projection.on[event.type])
  const changes = noChanges()
  const keys = new Set(news.map(event => keyOf(projection, event)).filter(key => key !== undefined))
  fold(projection, news, follower.parked, changes, await loadRows(tx, projection, [...keys]))
  await saveRows(tx, projection, changes, last)
}
