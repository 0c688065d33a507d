/** What all read models share in views.sqlite, and how their statements are run. */
import { CompiledQuery, type Kysely } from 'kysely'
import type { Projection } from './define-projection'
import type { Row } from './fold'

/**
 * The tables in every views.sqlite; a projection's own table is known to the queries that read it.
 */
export interface BookkeepingTables {
  checkpoints: { name: string; version: number; position: number }
  parked: { projection: string; position: number; review_id: string; reason: string }
}

export type Views = Kysely<BookkeepingTables>

/**
 * A projection's table has its version in its name; readers see it through a view under the plain
 * name.
 */
export const tableOf = (p: Projection) => `${p.name}_v${p.version}`

export const run = (db: Views, statement: string, parameters: unknown[] = []) =>
  db.executeQuery<Row>(CompiledQuery.raw(statement, parameters))
