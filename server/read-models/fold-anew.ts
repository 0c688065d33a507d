/** Folds read models in a database of their own, which is gone afterwards: to compare, or to try. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openViews } from '../db/views-file'
import type { EventLog } from '../log/event-log'
import { build, type BuildOptions } from './build'
import type { Projection } from './define-projection'
import type { Following } from './follower'
import type { BookkeepingTables, Views } from './views'

/** `use` gets the finished read models; the folder in which they are (TMPDIR) is removed after it. */
export async function foldAnew<Answer>(
  log: Pick<EventLog, 'read' | 'head'>,
  projections: Projection[],
  options: BuildOptions,
  use: (views: Views, followers: Following[]) => Promise<Answer>,
): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'mymovies-fold-'))
  const views = openViews<BookkeepingTables>(join(folder, 'views.sqlite'))
  try {
    return await use(views, await build(log, views, projections, options))
  } finally {
    await views.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
}
