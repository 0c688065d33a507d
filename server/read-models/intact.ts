/** Finds out whether read models are where this process left them. */
import { isBusyOrFull } from '../db/errors'
import type { Following } from './follower'
import { checkpointOf } from './rows'
import { run, type Views } from './views'

/** False when a table or a checkpoint is gone, or the file is damaged. */
export async function areIntact(views: Views, followers: Following[]): Promise<boolean> {
  try {
    for (const follower of followers) if (!(await isIntact(views, follower))) return false
    return true
  } catch (error) {
    return isBusyOrFull(error)
  }
}

async function isIntact(views: Views, { projection, position }: Following): Promise<boolean> {
  await run(views, `SELECT 1 FROM "${projection.name}" LIMIT 1`)
  if ((await checkpointOf(views, projection)) >= position) return true
  // A newer release on the same file dropped the table of this one.
  const { rows } = await run(views, 'SELECT 1 FROM checkpoints WHERE name GLOB ? AND version > ?', [
    `${projection.name}_v*`,
    projection.version,
  ])
  return rows.length > 0
}
