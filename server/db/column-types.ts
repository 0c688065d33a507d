/** Where SQLite and PostgreSQL name a column differently; everything else of a migration is the same for both. */
import { PostgresAdapter, type ColumnDataType, type ColumnDefinitionBuilder, type Kysely } from 'kysely'

export interface ColumnTypes {
  /** A number that the database counts up. */
  counted: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder
  json: ColumnDataType
  flag: ColumnDataType
}

const sqlite: ColumnTypes = { counted: column => column.primaryKey().autoIncrement(), json: 'text', flag: 'integer' }
const postgres: ColumnTypes = { counted: column => column.primaryKey().generatedAlwaysAsIdentity(), json: 'jsonb', flag: 'boolean' }

export const columnTypes = (db: Kysely<any>): ColumnTypes => db.getExecutor().adapter instanceof PostgresAdapter ? postgres : sqlite
