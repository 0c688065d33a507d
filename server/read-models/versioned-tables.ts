/**
 * Creates and drops a projection's tables: one per version, and a view under the plain name over the
 * one that readers see.
 */
import type { Projection } from './define-projection'
import { run, tableOf, type Views } from './views'

/**
 * Creates a projection's table if it is missing, and returns its checkpoint (0 = still to be
 * built).
 */
export async function prepareTable(db: Views, p: Projection): Promise<number> {
  await run(
    db,
    `CREATE TABLE IF NOT EXISTS checkpoints (
      name text PRIMARY KEY, version integer NOT NULL, position integer NOT NULL)`,
  )
  await run(
    db,
    `CREATE TABLE IF NOT EXISTS parked (
      projection text NOT NULL, position integer NOT NULL, review_id text NOT NULL,
      reason text NOT NULL, PRIMARY KEY (projection, position))`,
  )
  const found = await run(db, 'SELECT position FROM checkpoints WHERE name = ?', [tableOf(p)])
  if (found.rows[0]) return Number(found.rows[0].position)
  await discard(db, tableOf(p))
  const [primary, ...others] = Object.entries(p.columns).map(
    ([name, type]) => `"${name}" ${type === 'json' ? 'text' : type}`,
  )
  await run(
    db,
    `CREATE TABLE "${tableOf(p)}" (${[`${primary} PRIMARY KEY`, ...others].join(', ')})`,
  )
  if (p.fullText) await createIndex(db, `${tableOf(p)}_text`, p.fullText)
  await run(db, 'INSERT INTO checkpoints (name, version, position) VALUES (?, ?, 0)', [
    tableOf(p),
    p.version,
  ])
  return 0
}

/** It is given tokens (`indexedText`), which only have to be told apart at spaces and ASCII signs. */
async function createIndex(db: Views, name: string, weights: Record<string, number>) {
  await run(
    db,
    `CREATE VIRTUAL TABLE "${name}" USING fts5(${Object.keys(weights).join(', ')},
      content='', contentless_delete=1, tokenize='ascii')`,
  )
  await run(db, `INSERT INTO "${name}" ("${name}", rank) VALUES ('rank', ?)`, [
    `bm25(${Object.values(weights).join(', ')})`,
  ])
}

/**
 * Lets readers see this version, once it has caught up, and drops older ones. Its indexes are created
 * only now: one sort of the whole table costs a fraction of updating them row by row.
 */
export async function swapIn(db: Views, p: Projection) {
  await db.transaction().execute(async tx => {
    for (const [i, columns] of (p.indexes ?? []).entries())
      await run(
        tx,
        `CREATE INDEX IF NOT EXISTS "${tableOf(p)}_${i}" ON "${tableOf(p)}" (${columns.map(c => `"${c}"`).join(', ')})`,
      )
    await run(tx, `DROP VIEW IF EXISTS "${p.name}"`)
    await run(tx, `CREATE VIEW "${p.name}" AS SELECT rowid AS row_number, * FROM "${tableOf(p)}"`)
    await run(tx, `DROP VIEW IF EXISTS "${p.name}_text"`)
    if (p.fullText)
      await run(tx, `CREATE VIEW "${p.name}_text" AS SELECT '${tableOf(p)}_text' AS index_name`)
    const old = await run(tx, 'SELECT name FROM checkpoints WHERE name GLOB ? AND name <> ?', [
      `${p.name}_v*`,
      tableOf(p),
    ])
    for (const { name } of old.rows)
      if (new RegExp(`^${p.name}_v\\d+$`).test(String(name))) await discard(tx, String(name))
  })
}

/** Throws away the rows of a projection, so that it is built again from position 0. */
export const reset = (db: Views, p: Projection) => discard(db, tableOf(p))

async function discard(db: Views, table: string) {
  await run(db, `DROP TABLE IF EXISTS "${table}_text"`)
  await run(db, `DROP TABLE IF EXISTS "${table}"`)
  await run(db, 'DELETE FROM checkpoints WHERE name = ?', [table])
  await run(db, 'DELETE FROM parked WHERE projection = ?', [table])
}
