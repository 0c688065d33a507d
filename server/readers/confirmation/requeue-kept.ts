/**
 * Queues again the confirmations that were kept because there was no mail server, while their links
 * are valid; the rest stay in the outbox.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import { CONFIRM_WITHIN } from './double-opt-in'

/** Returns how many. Safe to run in several processes and again after a crash. */
export const requeueKept = (app: Kysely<AppTables>, now: number): Promise<number> =>
  app.transaction().execute(async tx => {
    const { rows } = await sql<{ outbox_id: number; reader_id: string }>`
      SELECT o.id AS outbox_id, r.id AS reader_id
      FROM outbox o JOIN mail_readers r
        ON r.id = substr(o.message_id, 9, instr(substr(o.message_id, 9), '.') - 1)
      WHERE o.message_id LIKE 'confirm.%' AND r.asked IS NOT NULL
        AND r.asked_at >= ${now - CONFIRM_WITHIN}`.execute(tx)
    for (const { outbox_id, reader_id } of rows) {
      await tx
        .insertInto('confirmations')
        .values({ reader_id, attempts: 0, due_at: now, created_at: now })
        .onConflict(waiting => waiting.column('reader_id').doNothing())
        .execute()
      await tx.deleteFrom('outbox').where('id', '=', outbox_id).execute()
    }
    return new Set(rows.map(row => row.reader_id)).size
  })
