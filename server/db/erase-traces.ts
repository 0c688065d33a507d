/**
 * Erases what a person asked us to erase from the files of app.sqlite as well. A deleted row is
 * overwritten with zeros (`secure_delete`), but SQLite leaves copies in two places: in the
 * write-ahead log, and now and then in the unused middle of a page that it had rearranged.
 */
import { createReadStream } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { serialQueue } from '../kit/serial-queue'
import { PATIENCE } from './connect'

/** Loosely typed, because any database of ours will do. */
type Db = Kysely<never>

const MOST_TRIES = 10

const queue = serialQueue()

/**
 * Call it after the transaction that deleted these texts. Never rejects: the rows are gone already,
 * and what is left in a file is logged.
 */
export const eraseTraces = <Tables>(db: Kysely<Tables>, ...texts: string[]): Promise<void> =>
  queue(() => erase(db as unknown as Db, texts)).catch((error: Error) =>
    console.error(`what was erased may still be readable in app.sqlite: ${error.message}`),
  )

async function erase(db: Db, texts: string[]): Promise<void> {
  const file = await fileOf(db)
  if (!file) return
  await emptyLog(db)
  if (await contains(file, texts)) await rewriteInPlace(db)
}

/** Rewrites a file row by row, whatever was deleted from it, and empties its write-ahead log. */
export async function rewriteInPlace<Tables>(db: Kysely<Tables>): Promise<void> {
  await sql`VACUUM`.execute(db)
  await emptyLog(db as unknown as Db)
}

/** Undefined for a database in memory. */
async function fileOf(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ file: string }>`PRAGMA database_list`.execute(db)
  return rows[0]?.file || undefined
}

/**
 * Waits a moment for other processes that read from the write-ahead log, but not for a backup: then
 * the database's thread empties it later.
 */
async function emptyLog(db: Db): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES && !(await isEmptied(db)); tries++) await setTimeout(100)
}

const isEmptied = (db: Db): Promise<boolean> =>
  db.connection().execute(async connection => {
    await sql`PRAGMA busy_timeout = 0`.execute(connection)
    try {
      const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(
        connection,
      )
      return rows[0]?.busy === 0
    } finally {
      await sql.raw(PATIENCE).execute(connection)
    }
  })

async function contains(file: string, texts: string[]): Promise<boolean> {
  const sought = texts.map(text => Buffer.from(text))
  const longest = Math.max(...sought.map(bytes => bytes.length))
  let before = Buffer.alloc(0)
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const bytes = Buffer.concat([before, chunk as Buffer])
    if (sought.some(one => bytes.includes(one))) return true
    before = bytes.subarray(Math.max(0, bytes.length - longest + 1))
  }
  return false
}
