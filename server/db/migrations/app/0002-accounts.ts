/**
 * Creates the tables of better-auth, here like all others, so that nothing is compared with the
 * database at run time; a test asks better-auth whether a column is missing.
 */
import type { ColumnDefinitionBuilder, Kysely } from 'kysely'
import { columnTypes, must } from '../../column-types'

const key = (column: ColumnDefinitionBuilder) => column.primaryKey()
const unique = (column: ColumnDefinitionBuilder) => column.notNull().unique()
const ofPerson = (column: ColumnDefinitionBuilder) =>
  column.notNull().references('people.id').onDelete('cascade')

export async function up(db: Kysely<unknown>) {
  const { flag, date } = columnTypes(db)
  await db.schema
    .createTable('people')
    .addColumn('id', 'text', key)
    .addColumn('name', 'text', must)
    .addColumn('email', 'text', unique)
    .addColumn('emailVerified', flag, must)
    .addColumn('image', 'text')
    .addColumn('role', 'text', must)
    .addColumn('createdAt', date, must)
    .addColumn('updatedAt', date, must)
    .execute()

  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', key)
    .addColumn('token', 'text', unique)
    .addColumn('userId', 'text', ofPerson)
    .addColumn('expiresAt', date, must)
    .addColumn('ipAddress', 'text')
    .addColumn('userAgent', 'text')
    .addColumn('createdAt', date, must)
    .addColumn('updatedAt', date, must)
    .execute()
  await db.schema.createIndex('sessions_userId_idx').on('sessions').column('userId').execute()

  await db.schema
    .createTable('credentials')
    .addColumn('id', 'text', key)
    .addColumn('accountId', 'text', must)
    .addColumn('providerId', 'text', must)
    .addColumn('userId', 'text', ofPerson)
    .addColumn('accessToken', 'text')
    .addColumn('refreshToken', 'text')
    .addColumn('idToken', 'text')
    .addColumn('accessTokenExpiresAt', date)
    .addColumn('refreshTokenExpiresAt', date)
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('createdAt', date, must)
    .addColumn('updatedAt', date, must)
    .execute()
  await db.schema.createIndex('credentials_userId_idx').on('credentials').column('userId').execute()

  await db.schema
    .createTable('verifications')
    .addColumn('id', 'text', key)
    .addColumn('identifier', 'text', must)
    .addColumn('value', 'text', must)
    .addColumn('expiresAt', date, must)
    .addColumn('createdAt', date, must)
    .addColumn('updatedAt', date, must)
    .execute()
  await db.schema
    .createIndex('verifications_identifier_idx')
    .on('verifications')
    .column('identifier')
    .execute()
}
