/**
 * Creates and drops a projection's tables: one per version, and a view under the plain name over the
 * one that readers see.
 */
import { randomUUID } from 'node:crypto'
import type { Projection } from './define-projection'
import { run, tableOf, type Views } from './views'

/**
 * Creates a projection's table if it is missing, and returns its checkpoint (0 = still to be
 * built). Its indexes are created by `swapIn`, unless they are wanted first: one sort of the whole
 * table costs a fraction of updating them row by row, but other writers wait for it.
 */
export async function prepareTable(db: Views, p: Projection, indexFirst = false): Promise<number> {
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
  if (p.fullText) await createTextIndex(db, `${tableOf(p)}_text`, p.fullText)
  if (indexFirst) await createIndexes(db, p)
  await run(db, 'INSERT INTO checkpoints (name, version, position) VALUES (?, ?, 0)', [
    tableOf(p),
    p.version,
  ])
  return 0
}

/** It is given tokens (`indexedText`), which only have to be told apart at spaces and ASCII signs. */
async function createTextIndex(db: Views, name: string, weights: Record<string, number>) {
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
 * Creates those that are missing. An index keeps its name when its table is renamed, so that the
 * next table beside it needs other names.
 */
async function createIndexes(db: Views, p: Projection) {
  const { rows } = await run(
    db,
    "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
    [tableOf(p)],
  )
  for (const [i, columns] of (p.indexes ?? []).entries()) {
    const named = new RegExp(`_${i}(?:_[0-9a-f]{8})?$`)
    if (rows.some(({ name }) => named.test(String(name)))) continue
    const quoted = columns.map(c => `"${c}"`).join(', ')
    await run(
      db,
      `CREATE INDEX "${tableOf(p)}_${i}_${randomUUID().slice(0, 8)}" ON "${tableOf(p)}" (${quoted})`,
    )
  }
}

/** Lets readers see this version, once it has caught up, and drops older ones. */
export async function swapIn(db: Views, p: Projection) {
  await db.transaction().execute(async tx => {
    await createIndexes(tx, p)
    await showTable(tx, p)
    const old = await run(tx, 'SELECT name FROM checkpoints WHERE name GLOB ? AND name <> ?', [
      `${p.name}_v*`,
      tableOf(p),
    ])
    for (const { name } of old.rows)
      if (new RegExp(`^${p.name}_v\\d+$`).test(String(name))) await discard(tx, String(name))
  })
}

/** Puts the views that readers see over the table. */
export async function showTable(db: Views, p: Projection) {
  await hideTable(db, p)
  await run(db, `CREATE VIEW "${p.name}" AS SELECT rowid AS row_number, * FROM "${tableOf(p)}"`)
  if (p.fullText)
    await run(db, `CREATE VIEW "${p.name}_text" AS SELECT '${tableOf(p)}_text' AS index_name`)
}

export async function hideTable(db: Views, p: Projection) {
  await run(db, `DROP VIEW IF EXISTS "${p.name}"`)
  await run(db, `DROP VIEW IF EXISTS "${p.name}_text"`)
}

/** Throws away the rows of a projection, so that it is built again from position 0. */
export const reset = (db: Views, p: Projection) => discard(db, tableOf(p))

export async function discard(db: Views, table: string) {
  await run(db, `DROP TABLE IF EXISTS "${table}_text"`)
  await run(db, `DROP TABLE IF EXISTS "${table}"`)
  await run(db, 'DELETE FROM checkpoints WHERE name = ?', [table])
  await run(db, 'DELETE FROM parked WHERE projection = ?', [table])
}
