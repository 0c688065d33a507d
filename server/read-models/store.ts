/** Where projections keep their rows: a table `name_vN` per version, and a view under the plain name over the version that readers see. */
import { CompiledQuery, type Kysely, sql } from 'kysely'
import type { Projection } from './define-projection'
import type { Changes, Row } from './fold'

/** What every views.sqlite has; a projection's own table is known to the queries that read it. */
export interface BookkeepingTables {
  checkpoints: { name: string; version: number; position: number }
  parked: { projection: string; position: number; review_id: string; reason: string }
}

export type Views = Kysely<BookkeepingTables>

const ROWS_A_STATEMENT = 100
const tableOf = (p: Projection) => `${p.name}_v${p.version}`
const run = (db: Views, statement: string, parameters: unknown[] = []) =>
  db.executeQuery<Row>(CompiledQuery.raw(statement, parameters))

/** Makes the table of a projection where it is missing and answers its checkpoint (0 = to be built). */
export async function prepareTable(db: Views, p: Projection): Promise<number> {
  await run(
    db,
    'CREATE TABLE IF NOT EXISTS checkpoints (name text PRIMARY KEY, version integer NOT NULL, position integer NOT NULL)',
  )
  await run(
    db,
    'CREATE TABLE IF NOT EXISTS parked (projection text NOT NULL, position integer NOT NULL, review_id text NOT NULL, reason text NOT NULL, PRIMARY KEY (projection, position))',
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
  if (p.fullText)
    await run(
      db,
      `CREATE VIRTUAL TABLE "${tableOf(p)}_text" USING fts5(${p.fullText.join(', ')}, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2')`,
    )
  await run(db, 'INSERT INTO checkpoints (name, version, position) VALUES (?, ?, 0)', [
    tableOf(p),
    p.version,
  ])
  return 0
}

/** How far the rows of a projection are on disk. */
export async function checkpointOf(db: Views, p: Projection): Promise<number> {
  return Number(
    (await run(db, 'SELECT position FROM checkpoints WHERE name = ?', [tableOf(p)])).rows[0]
      ?.position ?? 0,
  )
}

/** Lets readers see this version, once it has caught up; older versions are dropped. Its indexes are made now: one sort of the whole table costs a fraction of keeping them up row by row. */
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

async function discard(db: Views, table: string) {
  await run(db, `DROP TABLE IF EXISTS "${table}_text"`)
  await run(db, `DROP TABLE IF EXISTS "${table}"`)
  await run(db, 'DELETE FROM checkpoints WHERE name = ?', [table])
  await run(db, 'DELETE FROM parked WHERE projection = ?', [table])
}

/** Throws the rows of a projection away; it is built again from position 0. */
export const reset = (db: Views, p: Projection) => discard(db, tableOf(p))

export async function loadRows(
  db: Views,
  p: Projection,
  keys: string[],
): Promise<Map<string, Row>> {
  const primary = Object.keys(p.columns)[0]!
  const json = Object.entries(p.columns)
    .filter(([, type]) => type === 'json')
    .map(([name]) => name)
  const found = await run(
    db,
    `SELECT * FROM "${tableOf(p)}" WHERE "${primary}" IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(keys)],
  )
  return new Map(
    found.rows.map(row => {
      for (const column of json)
        if (row[column] !== null) row[column] = JSON.parse(String(row[column]))
      return [String(row[primary]), row]
    }),
  )
}

/** Writes rows, what was parked, and the checkpoint; call it inside a transaction. */
export async function saveRows(
  db: Views,
  p: Projection,
  { rows, parked }: Changes,
  position: number,
) {
  const columns = Object.keys(p.columns)
  const primary = columns[0]!
  const json = columns.map(c => p.columns[c] === 'json')
  const kept = [...rows.values()].filter(row => row !== null)
  const gone = [...rows].filter(([, row]) => row === null).map(([key]) => key)
  if (p.fullText && gone.length)
    await run(
      db,
      `DELETE FROM "${tableOf(p)}_text" WHERE rowid IN (SELECT rowid FROM "${tableOf(p)}" WHERE "${primary}" IN (SELECT value FROM json_each(?)))`,
      [JSON.stringify(gone)],
    )
  if (gone.length)
    await run(
      db,
      `DELETE FROM "${tableOf(p)}" WHERE "${primary}" IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(gone)],
    )
  const update = columns
    .slice(1)
    .map(c => `"${c}" = excluded."${c}"`)
    .join(', ')
  const places = `(${columns.map(() => '?').join(', ')})`
  const words = p.fullText?.map(c => `"${c}"`).join(', ')
  for (let i = 0; i < kept.length; i += ROWS_A_STATEMENT) {
    const chunk = kept.slice(i, i + ROWS_A_STATEMENT)
    const values = chunk.flatMap(row =>
      columns.map((c, k) => (json[k] ? JSON.stringify(row[c]) : (row[c] ?? null))),
    )
    await run(
      db,
      `INSERT INTO "${tableOf(p)}" (${columns.map(c => `"${c}"`).join(', ')}) VALUES ${chunk.map(() => places).join(', ')} ON CONFLICT ("${primary}") DO UPDATE SET ${update}`,
      values,
    )
    if (p.fullText)
      await run(
        db,
        `INSERT OR REPLACE INTO "${tableOf(p)}_text" (rowid, ${words}) SELECT rowid, ${words} FROM "${tableOf(p)}" WHERE "${primary}" IN (SELECT value FROM json_each(?))`,
        [JSON.stringify(chunk.map(row => row[primary]))],
      )
  }
  for (const event of parked)
    await run(
      db,
      'INSERT OR REPLACE INTO parked (projection, position, review_id, reason) VALUES (?, ?, ?, ?)',
      [tableOf(p), event.position, event.reviewId, event.reason],
    )
  await run(db, 'UPDATE checkpoints SET position = ? WHERE name = ?', [position, tableOf(p)])
}

export async function parkedReviews(db: Views, p: Projection): Promise<Set<string>> {
  return new Set(
    (
      await run(db, 'SELECT DISTINCT review_id FROM parked WHERE projection = ?', [tableOf(p)])
    ).rows.map(row => String(row.review_id)),
  )
}

/** Ids whose words match a full-text query, best first. The index of the version in use is named by the view `<name>_text`; FTS5 takes the column of that name, not an alias, before MATCH. */
export async function matching(
  db: Views,
  name: 'search',
  query: string,
  limit: number,
): Promise<string[]> {
  const index = (await run(db, `SELECT index_name FROM "${name}_text"`)).rows[0]
  if (!index) return []
  const found = await sql<{
    id: string
  }>`SELECT s.id FROM ${sql.table(String(index.index_name))} AS words JOIN ${sql.table(name)} AS s ON s.row_number = words.rowid WHERE ${sql.ref(`words.${String(index.index_name)}`)} MATCH ${query} AND s.shown = 1 ORDER BY words.rank LIMIT ${limit}`.execute(
    db,
  )
  return found.rows.map(row => row.id)
}
