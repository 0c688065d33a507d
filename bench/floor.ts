/** The yardstick for writes: one bare SQLite insert that has reached the disk. */
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'

/** Where benchmarks keep their files: on the project's disk, because a temporary folder may be memory. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(process.cwd(), '.cache/bench/scratch-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Inserts `bytes` with WAL and synchronous=FULL. Interleave it with the calls it is compared with, because a disk's speed varies. */
export class Floor {
  readonly samples: number[] = []
  #db = new DatabaseSync(join(scratchFolder(), 'floor.sqlite'))
  #insert: StatementSync

  constructor(readonly bytes = 1000) {
    this.#db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE floor (n INTEGER PRIMARY KEY, text TEXT)',
    )
    this.#insert = this.#db.prepare('INSERT INTO floor (text) VALUES (?)')
  }

  /** `rows` of them in one transaction, `times` times; each transaction is a sample in ms. */
  insert(times = 1, rows = 1) {
    const text = 'x'.repeat(this.bytes)
    for (let i = 0; i < times; i++) {
      const start = performance.now()
      if (rows > 1) this.#db.exec('BEGIN')
      for (let n = 0; n < rows; n++) this.#insert.run(text)
      if (rows > 1) this.#db.exec('COMMIT')
      this.samples.push(performance.now() - start)
    }
  }
}
