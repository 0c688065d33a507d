/**
 * One read model on its way along the log: either being built in memory from position 0, or kept up to
 * date on disk.
 */
import type { Recorded } from '../log/event-log'
import type { Projection } from './define-projection'
import { type Changes, fold, keyOf, noChanges } from './fold'
import { ReadModelLost } from './lost'
import { checkpointOf, loadRows, parkedReviews, saveRows } from './rows'
import type { Views } from './views'

/**
 * `unsaved` holds the rows of a read model that is still being built; one that follows the log has
 * none.
 */
export interface Following {
  name: string
  version: number
  position: number
  error?: string
  projection: Projection
  parked: Set<string>
  unsaved?: Changes
}

/**
 * Brings all of them up to the end of these events, in one transaction. One that is being built
 * keeps at most `mostRemembered` rows in memory.
 */
export async function advance(
  views: Views,
  followers: Following[],
  events: Recorded[],
  mostRemembered: number,
) {
  const last = events.at(-1)!.position
  for (const { projection, parked, unsaved, position } of followers)
    if (unsaved) fold(projection, after(position, events), parked, unsaved)
  const following = followers.filter(follower => !follower.unsaved)
  if (following.length) {
    await views.transaction().execute(async tx => {
      for (const follower of following) await catchUp(tx, follower, events)
    })
  }
  for (const follower of followers) {
    follower.position = Math.max(follower.position, last)
    follower.error = undefined
    if (follower.unsaved && follower.unsaved.rows.size > mostRemembered)
      await saveBuilt(views, follower)
  }
}

const after = (position: number, events: Recorded[]) =>
  events[0]!.position > position ? events : events.filter(event => event.position > position)

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

/** Brings the rows of one read model up to the end of a batch. Throws ReadModelLost. */
export async function catchUp(tx: Views, follower: Following, events: Recorded[]) {
  const { projection } = follower
  const position = await checkpointOf(tx, projection)
  if (position < follower.position) throw new ReadModelLost(follower.name)
  // Another process on the same file was quicker, or has just rebuilt it.
  follower.parked = await parkedReviews(tx, projection)
  const last = events.at(-1)!.position
  if (position >= last) return
  const news = events.filter(event => event.position > position && projection.on[event.type])
  const changes = noChanges()
  const keys = new Set(news.map(event => keyOf(projection, event)).filter(key => key !== undefined))
  fold(projection, news, follower.parked, changes, await loadRows(tx, projection, [...keys]))
  await saveRows(tx, projection, changes, last)
}
