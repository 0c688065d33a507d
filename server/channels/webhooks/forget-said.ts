/** Forgets an answer of a partner that quotes a text. */
import { sql, type Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'

export async function forgetSaid(tx: Transaction<AppTables>, phrase: string, instead: string) {
  for (const column of ['last_said', 'disabled_reason'] as const)
    await tx
      .updateTable('webhooks')
      .set({ [column]: instead })
      .where(sql<boolean>`instr(${sql.ref(column)}, ${phrase})`)
      .execute()
}
