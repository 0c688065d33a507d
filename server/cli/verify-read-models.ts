/**
 * Folds every read model anew from the log and compares it with the one in views.sqlite, both at the
 * same position. Only reads, so the server may be running.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import projections from '#projections'
import { connect } from '../db/connect'
import { holdStill } from '../db/copy'
import { onThisThread } from '../db/dialect'
import { closeLog, useLog } from '../log'
import { firstDifference } from '../read-models/compare'
import type { Projection } from '../read-models/define-projection'
import { foldAnew } from '../read-models/fold-anew'
import { checkpointOf } from '../read-models/rows'
import type { BookkeepingTables, Views } from '../read-models/views'
import { Complaint, progress } from './command'

/** What to print. Throws Complaint at the first difference. */
export async function verifyReadModels(dataDir: string): Promise<string[]> {
  const file = join(dataDir, 'views.sqlite')
  if (!existsSync(file)) return []
  const db = connect(file, { readOnly: true })
  holdStill(db)
  const views = onThisThread<BookkeepingTables>(db)
  try {
    const places = await placesOf(views)
    const lines: string[] = []
    for (const [position, group] of Map.groupBy(places, place => place.position))
      lines.push(
        position
          ? await verifyAt(
              views,
              position,
              group.map(place => place.projection),
            )
          : `${namesOf(group.map(place => place.projection))}: not built yet; the server does that when it starts`,
      )
    return lines
  } finally {
    await views.destroy()
    await closeLog()
  }
}

const namesOf = (group: Projection[]) => group.map(({ name }) => name).join(', ')

async function placesOf(views: Views): Promise<{ projection: Projection; position: number }[]> {
  const places = []
  for (const projection of projections)
    // A file that no release has filled yet has no bookkeeping.
    places.push({ projection, position: await checkpointOf(views, projection).catch(() => 0) })
  return places
}

function verifyAt(views: Views, position: number, group: Projection[]): Promise<string> {
  const say = progress()
  const afterBatch = (done: number) => say(() => `folding: ${done} of ${position} events`)
  return foldAnew(useLog(), group, { until: position, afterBatch }, async folded => {
    for (const projection of group) {
      const found = await firstDifference(views, folded, projection, () =>
        say(() => `comparing ${projection.name}`),
      )
      if (!found) continue
      const place = [found.key, found.column].filter(Boolean).join(', ')
      throw new Complaint(
        `The read model ${projection.name} differs from the log at position ${position}: ${place} is ${found.stored}, and should be ${found.folded}. \`rebuild ${projection.name}\` mends it.`,
      )
    }
    return `${namesOf(group)}: as folded anew from ${position} events`
  })
}
