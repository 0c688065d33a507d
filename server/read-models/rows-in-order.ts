/** All rows of a read model, a page at a time, in an order that does not depend on when they were written. */
import type { Projection } from './define-projection'
import type { Row } from './fold'
import { run, tableOf, type Views } from './views'

const AT_ONCE = 500

type Rows = AsyncGenerator<Row, undefined>

/** By one column, which is unique among them; `where` is SQL. */
export async function* rowsBy(db: Views, table: string, by: string, where = 'TRUE'): Rows {
  const select = (more: string, parameters: unknown[]) =>
    run(
      db,
      `SELECT * FROM "${table}" WHERE ${where} ${more} ORDER BY "${by}" LIMIT ${AT_ONCE}`,
      parameters,
    )
  for (let { rows } = await select('', []); rows.length;) {
    yield* rows
    rows = (await select(`AND "${by}" > ?`, [rows.at(-1)![by]])).rows
  }
  return undefined
}

/**
 * The words of the full-text index: `term`, `col`, in how many rows (`doc`) and how often (`cnt`)
 * it stands there. SQLite returns them in order, and would sort all of them if it were asked to.
 */
export async function* wordsOf(db: Views, p: Projection): Rows {
  const words = `temp."${tableOf(p)}_words"`
  await run(
    db,
    `CREATE VIRTUAL TABLE IF NOT EXISTS ${words} USING fts5vocab('main', '${tableOf(p)}_text', 'col')`,
  )
  for (let from: unknown = ''; ;) {
    const { rows } = await run(db, `SELECT * FROM ${words} WHERE term >= ? LIMIT ${AT_ONCE}`, [
      from,
    ])
    const last = rows.at(-1)?.term
    if (rows.length < AT_ONCE) {
      yield* rows
      return undefined
    }
    yield* rows.filter(({ term }) => term !== last) // the last one may have more columns
    from = last
  }
}
