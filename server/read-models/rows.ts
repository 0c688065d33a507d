/**
 * Reads the rows of a projection before a fold and writes them after it, together with its
 * checkpoint and the parked events.
 */
import { indexedText } from '../../shared/search/tokens'
import type { Projection } from './define-projection'
import type { Changes, Row } from './fold'
import { run, tableOf, type Views } from './views'

const ROWS_PER_STATEMENT = [50, 10, 1]

/** The position up to which a projection's rows are on disk. */
export async function checkpointOf(db: Views, p: Projection): Promise<number> {
  const found = await run(db, 'SELECT position FROM checkpoints WHERE name = ?', [tableOf(p)])
  return Number(found.rows[0]?.position ?? 0)
}

/** The stored rows of these keys, by key. */
export async function loadRows(
  db: Views,
  p: Projection,
  keys: string[],
): Promise<Map<string, Row>> {
  const primary = primaryKey(p)
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

/** Writes rows, parked events and the checkpoint; call it inside a transaction. */
export async function saveRows(
  db: Views,
  p: Projection,
  { rows, stored, parked }: Changes,
  position: number,
) {
  const removed: string[] = []
  const inserted: Row[] = []
  const updated: Row[] = []
  for (const [key, row] of rows) {
    if (!row) removed.push(key)
    else if (stored.has(key)) updated.push(row)
    else inserted.push(row)
  }
  if (removed.length) await deleteRows(db, p, removed)
  for (const [rows, isNew] of [
    [inserted, true],
    [updated, false],
  ] as const)
    for (const some of inChunks(rows)) await writeRows(db, p, some, isNew)
  for (const event of parked)
    await run(
      db,
      'INSERT OR REPLACE INTO parked (projection, position, review_id, reason) VALUES (?, ?, ?, ?)',
      [tableOf(p), event.position, event.reviewId, event.reason],
    )
  await setCheckpoint(db, p, position)
}

export const setCheckpoint = (db: Views, p: Projection, position: number) =>
  run(db, 'UPDATE checkpoints SET position = ? WHERE name = ?', [position, tableOf(p)])

/**
 * Of few sizes, because each size is a statement of its own, which stays prepared and keeps its last
 * values in memory.
 */
function* inChunks(rows: Row[]): Generator<Row[]> {
  let done = 0
  for (const size of ROWS_PER_STATEMENT)
    for (; rows.length - done >= size; done += size) yield rows.slice(done, done + size)
}

async function deleteRows(db: Views, p: Projection, keys: string[]) {
  const table = tableOf(p)
  const isGone = `"${primaryKey(p)}" IN (SELECT value FROM json_each(?))`
  const values = [JSON.stringify(keys)]
  // The indexed words go first, because they are found through the rows.
  if (p.fullText)
    await run(
      db,
      `DELETE FROM "${table}_text" WHERE rowid IN (SELECT rowid FROM "${table}" WHERE ${isGone})`,
      values,
    )
  await run(db, `DELETE FROM "${table}" WHERE ${isGone}`, values)
}

async function writeRows(db: Views, p: Projection, rows: Row[], isNew: boolean) {
  const columns = Object.keys(p.columns)
  const quoted = columns.map(c => `"${c}"`)
  const update = quoted.slice(1).map(c => `${c} = excluded.${c}`)
  const places = `(${columns.map(() => '?').join(', ')})`
  const asStored = (row: Row, c: string) =>
    p.columns[c] === 'json' ? JSON.stringify(row[c]) : (row[c] ?? null)
  await run(
    db,
    `INSERT INTO "${tableOf(p)}" (${quoted.join(', ')})
      VALUES ${rows.map(() => places).join(', ')}
      ${isNew ? '' : `ON CONFLICT (${quoted[0]}) DO UPDATE SET ${update.join(', ')}`}`,
    rows.flatMap(row => columns.map(c => asStored(row, c))),
  )
  if (p.fullText) await indexWords(db, p, Object.keys(p.fullText), rows, isNew)
}

/** To replace words costs more than to add them, because the old ones must be found. */
async function indexWords(
  db: Views,
  p: Projection,
  columns: string[],
  rows: Row[],
  isNew: boolean,
) {
  const table = tableOf(p)
  const rowNumber = `(SELECT rowid FROM "${table}" WHERE "${primaryKey(p)}" = ?)`
  const places = `(${[rowNumber, ...columns.map(() => '?')].join(', ')})`
  await run(
    db,
    `INSERT ${isNew ? '' : 'OR REPLACE'} INTO "${table}_text" (rowid, ${columns.map(c => `"${c}"`).join(', ')})
      VALUES ${rows.map(() => places).join(', ')}`,
    rows.flatMap(row => [
      row[primaryKey(p)],
      ...columns.map(c => indexedText(String(row[c] ?? ''))),
    ]),
  )
}

/** The reviews that have parked events. */
export async function parkedReviews(db: Views, p: Projection): Promise<Set<string>> {
  const found = await run(db, 'SELECT DISTINCT review_id FROM parked WHERE projection = ?', [
    tableOf(p),
  ])
  return new Set(found.rows.map(row => String(row.review_id)))
}

const primaryKey = (p: Projection) => Object.keys(p.columns)[0]!
