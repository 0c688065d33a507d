/**
 * Rewrites views.sqlite, so that nothing of a row that was removed is left in its free pages, its
 * write-ahead log or its search index.
 */
import { sql } from 'kysely'
import { onItsOwnThread } from '../db/dialect'
import { rewriteInPlace } from '../db/erase-traces'

interface Schema {
  sqlite_schema: { name: string; sql: string | null }
}

/**
 * On a thread of its own. It takes as long as copying the file, and for that time the read models wait
 * with what is new. Every table has a text as its primary key, so its row numbers, which the search
 * index refers to, stay the same (SQLite keeps them where a table has an index).
 */
export async function eraseRemovedWords(file: string): Promise<void> {
  const views = onItsOwnThread<Schema>({ file })
  try {
    const indexes = await views
      .selectFrom('sqlite_schema')
      .select('name')
      .where('sql', 'like', 'CREATE VIRTUAL TABLE%fts5%')
      .execute()
    // The words of a removed row stay in the index until its segments are merged.
    for (const { name } of indexes)
      await sql`INSERT INTO ${sql.table(name)} (${sql.ref(name)}) VALUES ('optimize')`.execute(
        views,
      )
    await rewriteInPlace(views)
  } finally {
    await views.destroy()
  }
}
