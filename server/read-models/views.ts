/** What all read models share in views.sqlite, and how their statements are run. */
import { CompiledQuery, type Kysely, sql } from 'kysely'
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

/** The table that a process builds beside the one that readers see. */
export const besideName = ({ name }: Projection) => `${name}_beside_${process.pid}`

/** True of a read model that readers see: it is not being built beside the old one. `column` has the name. */
export const isShown = (column: 'name' | 'projection') =>
  sql<boolean>`${sql.ref(column)} NOT GLOB '*_beside_*'`

export const run = (db: Views, statement: string, parameters: unknown[] = []) =>
  db.executeQuery<Row>(CompiledQuery.raw(statement, parameters))
