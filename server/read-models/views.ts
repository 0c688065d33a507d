/** views.sqlite: what every read model finds there, and how its statements are run. */
import { CompiledQuery, type Kysely } from 'kysely'
import type { Projection } from './define-projection'
import type { Row } from './fold'

/** What every views.sqlite has; a projection's own table is known to the queries that read it. */
export interface BookkeepingTables {
  checkpoints: { name: string; version: number; position: number }
  parked: { projection: string; position: number; review_id: string; reason: string }
}

export type Views = Kysely<BookkeepingTables>

/** A projection's table bears its version; readers see it through a view under the plain name. */
export const tableOf = (p: Projection) => `${p.name}_v${p.version}`

export const run = (db: Views, statement: string, parameters: unknown[] = []) =>
  db.executeQuery<Row>(CompiledQuery.raw(statement, parameters))
