/** Full-text search in a read model. */
import { sql } from 'kysely'
import { run, type Views } from './views'

/**
 * Ids of the rows that match a full-text query, best first. The view `<name>_text` names the index of
 * the version in use; FTS5 takes the column of that name, not an alias, before MATCH.
 */
export async function matching(
  db: Views,
  name: 'search',
  query: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await run(db, `SELECT index_name FROM "${name}_text"`)
  if (!rows[0]) return []
  const index = String(rows[0].index_name)
  const found = await sql<{ id: string }>`
    SELECT s.id FROM ${sql.table(index)} AS words
    JOIN ${sql.table(name)} AS s ON s.row_number = words.rowid
    WHERE ${sql.ref(`words.${index}`)} MATCH ${query} AND s.shown = 1
    ORDER BY words.rank LIMIT ${limit}`.execute(db)
  return found.rows.map(row => row.id)
}
