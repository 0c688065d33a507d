/**
 * Folds read models anew from the log, for when a row looks wrong. While the server runs, each is
 * built beside the old one and swapped in. A new version of a projection is rebuilt by itself.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import projections from '#projections'
import { isInUse } from '../db/connect'
import { useViewsWriter } from '../db/views-file'
import { closeLog, useLog } from '../log'
import { build, inSmallSteps } from '../read-models/build'
import type { Projection } from '../read-models/define-projection'
import { rebuildBeside } from '../read-models/rebuild-beside'
import { prepareTable, reset, swapIn } from '../read-models/versioned-tables'
import type { BookkeepingTables } from '../read-models/views'
import { type Command, Misuse, progress } from './command'
import { existingDataFolder } from './existing-data-folder'

export const rebuild: Command = {
  usage: '[PROJECTION]',
  says: 'rebuilds the read models, or one of them, from the log; the server may be running',
  async run([name]) {
    const chosen = projections.filter(projection => !name || projection.name === name)
    if (!chosen.length)
      throw new Misuse(
        `There is no projection ${JSON.stringify(name)}, only ${projections.map(projection => projection.name).join(', ')}.`,
      )
    const file = join(existingDataFolder(), 'views.sqlite')
    const began = performance.now()
    const isLive = existsSync(file) && isInUse(file)
    const position = isLive ? await beside(chosen) : await inPlace(chosen)
    await closeLog()
    const names = chosen.map(projection => projection.name).join(', ')
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    return [`${names}: rebuilt from ${position} events in ${seconds} s`]
  },
}

/** One after the other, so that no more than one is in the file twice. */
async function beside(chosen: Projection[]): Promise<number> {
  const steps = inSmallSteps()
  const say = progress()
  let position = 0
  for (const projection of chosen)
    position = await rebuildBeside(useLog(), useViewsWriter<BookkeepingTables>(), projection, {
      ...steps,
      afterBatch(done, until) {
        if (until) say(() => `${projection.name}: ${done} of ${until} events`)
        return steps.afterBatch!(done, until)
      },
    })
  return position
}

async function inPlace(chosen: Projection[]): Promise<number> {
  const views = useViewsWriter<BookkeepingTables>()
  for (const projection of chosen) {
    await prepareTable(views, projection)
    await reset(views, projection)
  }
  const say = progress()
  const followers = await build(useLog(), views, chosen, {
    afterBatch: (done, until) => say(() => `${done} of ${until} events`),
  })
  for (const projection of chosen) await swapIn(views, projection)
  return followers[0]!.position
}
