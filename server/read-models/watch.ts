/**
 * Looks every second whether the read models are still in their file. If somebody deleted it, or a
 * table in it, everything is built in a new file, while pages go on reading the old one.
 */
import type { NewViewsFile } from '../db/views-file'
import { type Clock, systemClock } from '../kit/clock'
import type { Projector } from './projector'
import type { BookkeepingTables } from './views'

const EVERY_MS = 1000

export interface Watched {
  projector: Projector
  isGone: () => boolean
  recreate: () => NewViewsFile<BookkeepingTables>
  clock?: Clock
}

/** Returns the function that stops it. */
export function watchReadModels({
  projector,
  isGone,
  recreate,
  clock = systemClock,
}: Watched): () => void {
  let stopped = false
  let timer = clock.setTimeout(look, EVERY_MS)

  async function look() {
    try {
      if (isGone() || !(await projector.isIntact())) await heal()
    } catch (error) {
      console.error(`[projections] not looked after: ${(error as Error).message}`)
    }
    if (!stopped) timer = clock.setTimeout(look, EVERY_MS)
  }

  async function heal() {
    console.warn('[projections] the read models are gone from their file; building them anew')
    const file = recreate()
    try {
      await projector.moveTo(file.views, file.adopt)
    } catch (error) {
      await file.close()
      throw error
    }
    console.warn('[projections] the read models are complete again')
  }

  return () => {
    stopped = true
    clock.clearTimeout(timer)
  }
}
