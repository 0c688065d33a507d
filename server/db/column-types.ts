/**
 * The column types that SQLite and PostgreSQL name differently; everything else in a migration is
 * the same for both.
 */
import {
  type ColumnDataType,
  type ColumnDefinitionBuilder,
  type Kysely,
  PostgresAdapter,
} from 'kysely'

/** A column that always has a value. */
export const must = (column: ColumnDefinitionBuilder) => column.notNull()

export interface ColumnTypes {
  /** A number that the database increments. */
  counted: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder
  json: ColumnDataType
  flag: ColumnDataType
  /** A time as better-auth writes it; our own columns hold ms since the epoch. */
  date: ColumnDataType
}

const sqlite: ColumnTypes = {
  counted: column => column.primaryKey().autoIncrement(),
  json: 'text',
  flag: 'integer',
  date: 'date',
}
const postgres: ColumnTypes = {
  counted: column => column.primaryKey().generatedAlwaysAsIdentity(),
  json: 'jsonb',
  flag: 'boolean',
  date: 'timestamptz',
}

export const columnTypes = (db: Kysely<unknown>): ColumnTypes =>
  db.getExecutor().adapter instanceof PostgresAdapter ? postgres : sqlite
