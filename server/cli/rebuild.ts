/**
 * Throws read models away and folds them from the log again, for when a row looks wrong. A new
 * version of a projection is rebuilt by itself.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import projections from '#projections'
import { isInUse } from '../db/connect'
import { useViewsWriter } from '../db/open'
import { closeLog, useLog } from '../log'
import { Projector } from '../read-models/projector'
import { prepareTable, reset } from '../read-models/versioned-tables'
import { type Command, Complaint, Misuse } from './command'
import { existingDataFolder } from './existing-data-folder'

export const rebuild: Command = {
  usage: '[PROJECTION]',
  says: 'rebuilds the read models, or one of them, from the log; stop the server first',
  async run([name]) {
    const chosen = projections.filter(projection => !name || projection.name === name)
    if (!chosen.length)
      throw new Misuse(
        `There is no projection ${JSON.stringify(name)}, only ${projections.map(projection => projection.name).join(', ')}.`,
      )
    const file = join(existingDataFolder(), 'views.sqlite')
    if (existsSync(file) && isInUse(file))
      throw new Complaint('The server is running. Stop it, rebuild, then start it again.')
    const views = useViewsWriter()
    const began = performance.now()
    for (const projection of chosen) {
      await prepareTable(views, projection)
      await reset(views, projection)
    }
    const projector = new Projector(useLog(), views, projections)
    await projector.start()
    await projector.stop()
    await closeLog()
    return [
      `${chosen.map(projection => projection.name).join(', ')}: rebuilt from ${projector.position} events in ${((performance.now() - began) / 1000).toFixed(1)} s`,
    ]
  },
}
