/** Copies a database as it was at one instant, page by page, while others go on writing. */
import { backup, type DatabaseSync } from 'node:sqlite'

const PAGES_AT_ONCE = 1000

/**
 * From here on this connection sees the file as it is now, until `letGo`. Meanwhile the file's
 * write-ahead log only grows.
 */
export function holdStill(db: DatabaseSync) {
  db.exec('BEGIN')
  db.prepare('SELECT count(*) FROM sqlite_schema').get() // the snapshot is taken at the first read
}

export const letGo = (db: DatabaseSync) => db.exec('COMMIT')

/**
 * Copies what a connection that holds still sees, so that no other write restarts the copy. `seen`
 * is called with the share done, 0 to 1.
 */
export async function copyDatabase(
  db: DatabaseSync,
  target: string,
  seen: (share: number) => void,
) {
  await backup(db, target, {
    rate: PAGES_AT_ONCE,
    progress: ({ totalPages, remainingPages }) => seen(1 - remainingPages / totalPages),
  })
}
