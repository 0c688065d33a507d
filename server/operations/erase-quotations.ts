/** Erases what error messages and alerts quote of a text. */
import { sql, type Transaction } from 'kysely'
import { forgetSaid } from '../channels/webhooks/forget-said'
import type { AppTables } from '../db/schema'

const ERASED = 'erased with its review'

/** Where the far side, or an alert, may have quoted a review. */
const QUOTING = [
  ['deliveries', 'reason'],
  ['parked', 'reason'],
  ['consumers', 'last_error'],
  ['alerts', 'says'],
  ['alerts', 'sample'],
  ['desk_emails', 'says'],
] as const

export async function eraseQuotations(tx: Transaction<AppTables>, phrase: string) {
  for (const [table, column] of QUOTING)
    await sql`UPDATE ${sql.table(table)} SET ${sql.ref(column)} = ${ERASED}
      WHERE instr(${sql.ref(column)}, ${phrase})`.execute(tx)
  await forgetSaid(tx, phrase, ERASED)
}
