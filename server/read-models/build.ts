/** Builds read models from the log: all of it, or the events after a position. */
import { type Clock, sleep, systemClock } from '../kit/clock'
import type { EventLog } from '../log/event-log'
import type { Projection } from './define-projection'
import { noChanges } from './fold'
import { advance, type Following, saveBuilt } from './follower'
import { parkedReviews, setCheckpoint } from './rows'
import { prepareTable } from './versioned-tables'
import type { Views } from './views'

/** Small enough that what a batch leaves behind is cleared away while it is young. */
const BATCH = 250
const MOST_REMEMBERED = 1000

export interface BuildOptions {
  /** Events that are folded at once; default 250. */
  batch?: number
  /** Rows of each that are kept in memory before they are written, so that few are written twice. */
  mostRemembered?: number
  /** A new table leaves out the events up to this position; default 0. */
  after?: number
  /** The last position that counts; by default the head as it is at the call. */
  until?: number
  /** Creates indexes before the rows, so that no long sort holds up other writers. */
  indexFirst?: boolean
  /** Awaited after each batch, with the position reached and the one to reach. */
  afterBatch?: (position: number, until: number) => unknown
}

/** Small steps with pauses between them, for a build beside pages that are read and written. */
export function inSmallSteps(clock: Clock = systemClock): BuildOptions {
  return {
    batch: 100,
    mostRemembered: 0,
    indexFirst: true,
    afterBatch: () => sleep(clock, PAUSE_MS),
  }
}
const PAUSE_MS = 5

/** Creates missing tables, and resolves with the read models once their rows are saved. */
export async function build(
  log: Pick<EventLog, 'read' | 'head'>,
  views: Views,
  projections: Projection[],
  options: BuildOptions = {},
): Promise<Following[]> {
  const { batch = BATCH, mostRemembered = MOST_REMEMBERED, afterBatch } = options
  const followers: Following[] = []
  for (const projection of projections) followers.push(await begin(views, projection, options))
  const until = options.until ?? (await log.head())
  for (let after = lowest(followers); after < until; after = lowest(followers)) {
    const events = await log.read({ after, limit: Math.min(batch, until - after) })
    if (!events.length) break
    await advance(views, followers, events, mostRemembered)
    await afterBatch?.(lowest(followers), until)
  }
  for (const follower of followers) await finish(views, follower)
  return followers
}

/** From then on it follows the log. */
async function finish(views: Views, follower: Following) {
  await saveBuilt(views, follower)
  follower.unsaved = undefined
}

/** The position that all of them have reached. */
export const lowest = (followers: Following[]) => Math.min(...followers.map(f => f.position))

async function begin(
  views: Views,
  projection: Projection,
  { indexFirst, after = 0 }: BuildOptions,
): Promise<Following> {
  let position = await prepareTable(views, projection, indexFirst)
  if (!position && after) await setCheckpoint(views, projection, (position = after))
  return {
    name: projection.name,
    version: projection.version,
    position,
    projection,
    parked: await parkedReviews(views, projection),
    unsaved: noChanges(),
    saved: position,
  }
}
