/** Rewrites a database row by row, so that nothing of what was deleted from it is left. */
import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { type Kysely, sql } from 'kysely'
import { isBusyOrFull } from './errors'

const REWRITTEN = 1

/**
 * Rewrites an app.sqlite of a release that did not overwrite what it deleted; later calls do
 * nothing. It takes as much disk again; if that is missing, or another process is writing, the next
 * start tries again.
 */
export async function rewriteOnce<Tables>(app: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ user_version: number }>`PRAGMA user_version`.execute(app)
  if ((rows[0]?.user_version ?? 0) >= REWRITTEN) return
  try {
    await sql`VACUUM`.execute(app)
    await sql`PRAGMA user_version = ${sql.lit(REWRITTEN)}`.execute(app)
  } catch (error) {
    if (!isBusyOrFull(error)) throw error
  }
}

/** Writes what a closed database holds into a new file, and removes the old one. */
export function rewriteInto(file: string, target: string) {
  const db = new DatabaseSync(file)
  try {
    db.prepare('VACUUM INTO ?').run(target)
  } finally {
    db.close()
  }
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}
