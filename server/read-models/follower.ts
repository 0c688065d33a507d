/**
 * One read model on its way along the log: either being built, with its newest rows in memory, or kept
 * up to date on disk.
 */
import type { Recorded } from '../log/event-log'
import type { Projection } from './define-projection'
import { type Changes, fold, keyOf, noChanges, type Row } from './fold'
import { ReadModelLost } from './lost'
import { checkpointOf, loadRows, parkedReviews, saveRows } from './rows'
import type { Views } from './views'

/** `unsaved` holds the rows of a read model that is being built; one that follows the log has none. */
export interface Following {
  name: string
  version: number
  position: number
  error?: string
  projection: Projection
  parked: Set<string>
  unsaved?: Changes
  /** The checkpoint on disk, while it is being built. */
  saved: number
}

/**
 * Brings all of them up to the end of these events: those that follow the log in one transaction, those
 * that are being built in memory, with at most `mostRemembered` rows each.
 */
export async function advance(
  views: Views,
  followers: Following[],
  events: Recorded[],
  mostRemembered: number,
) {
  const last = events.at(-1)!.position
  const following = followers.filter(follower => !follower.unsaved)
  if (following.length) {
    await views.transaction().execute(async tx => {
      for (const follower of following) await catchUp(tx, follower, events)
    })
  }
  for (const follower of followers) {
    if (follower.unsaved && !(await remember(views, follower, follower.unsaved, events))) continue
    follower.position = Math.max(follower.position, last)
    follower.error = undefined
    if (follower.unsaved && follower.unsaved.rows.size > mostRemembered)
      await saveBuilt(views, follower)
  }
}

/** False if another process builds the same table and is further: then its rows count. */
async function remember(
  views: Views,
  follower: Following,
  unsaved: Changes,
  events: Recorded[],
): Promise<boolean> {
  const { projection, parked, position } = follower
  const news = events.filter(event => event.position > position && projection.on[event.type])
  let stored: Map<string, Row> | undefined
  if (follower.saved) {
    if ((await checkpointOf(views, projection)) !== follower.saved) {
      await giveWay(views, follower)
      return false
    }
    const missing = keysOf(projection, news).filter(key => !unsaved.rows.has(key))
    stored = await loadRows(views, projection, missing)
  }
  fold(projection, news, parked, unsaved, stored)
  return true
}

async function giveWay(views: Views, follower: Following) {
  follower.position = await checkpointOf(views, follower.projection)
  follower.unsaved = undefined
}

/** Writes what was built in memory. */
export async function saveBuilt(views: Views, follower: Following) {
  const { projection, position, saved, unsaved } = follower
  if (!unsaved) return
  const isOurs = await views.transaction().execute(async tx => {
    if ((await checkpointOf(tx, projection)) !== saved) return false
    await saveRows(tx, projection, unsaved, position)
    return true
  })
  if (!isOurs) return giveWay(views, follower)
  follower.saved = position
  follower.unsaved = noChanges()
}

const keysOf = (projection: Projection, events: Recorded[]): string[] => [
  ...new Set(events.map(event => keyOf(projection, event)).filter(key => key !== undefined)),
]

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
  const stored = await loadRows(tx, projection, keysOf(projection, news))
  fold(projection, news, follower.parked, changes, stored)
  await saveRows(tx, projection, changes, last)
}
