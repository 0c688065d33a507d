/** Forgets, by the clock, whoever never answered: nobody has to visit for that. */
import type { Kysely } from 'kysely'
import { useApp } from '../db/open'
import type { AppTables } from '../db/schema'
import { startPolling } from '../kit/polling-loop'
import { CONFIRM_WITHIN } from './confirmation/double-opt-in'
import { forgetCounts } from './confirmation/mailbox'
import { forgetLostReaders } from './lost-push-readers'

const EVERY_MS = 60_000

/** Unconfirmed addresses, also in confirmations that no mail server ever took, counts of yesterday, and browsers that never came back. */
export const forgetExpired = (app: Kysely<AppTables>, now: number) =>
  app.transaction().execute(async db => {
    await db
      .deleteFrom('mail_readers')
      .where('state', '=', 'unconfirmed')
      .where('asked_at', '<', now - CONFIRM_WITHIN)
      .execute()
    await db
      .deleteFrom('outbox')
      .where('message_id', '>=', 'confirm.')
      .where('message_id', '<', 'confirm/')
      .where('at', '<', now - CONFIRM_WITHIN)
      .execute()
    await forgetCounts(db, now)
    await forgetLostReaders(db, now)
  })

/** Returns a function that stops it. */
export function startForgetting(everyMs = EVERY_MS): () => Promise<void> {
  const round = async () => {
    await forgetExpired(await useApp(), Date.now())
    return false
  }
  return startPolling(() => round().catch(() => false), everyMs).stop
}
