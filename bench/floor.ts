/** The yardstick of every write: one insert into SQLite that has reached the disk, with nothing around it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Where benchmarks keep their files: on the project's disk, because a temporary folder may be memory. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(process.cwd(), '.cache/bench/scratch-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Milliseconds of each of `count` inserts of `bytes` with WAL and synchronous=FULL. */
export function fsyncedInserts(count: number, bytes = 1000): number[] {
  const db = new DatabaseSync(join(scratchFolder(), 'floor.sqlite'))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE floor (n INTEGER PRIMARY KEY, text TEXT)')
  const insert = db.prepare('INSERT INTO floor (text) VALUES (?)'), text = 'x'.repeat(bytes)
  const samples = Array.from({ length: count }, () => {
    const start = performance.now()
    insert.run(text)
    return performance.now() - start
  })
  db.close()
  return samples
}
