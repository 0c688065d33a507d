/**
 * Queues and sends confirmation emails. An address gets its email even if this process dies right
 * after the answer: a row in `confirmations` is written before the 202 and deleted once the mail
 * server has accepted the email. They do not go through the ledger, because there is no event
 * behind them.
 */
import type { Kysely } from 'kysely'
import { CLAIM_MS, dueSoon } from '../../channels/mail/direct-letters'
import { sendDirect } from '../../channels/mail/send-direct'
import { sender } from '../../channels/mail/sender'
import { useApp } from '../../db/open'
import type { AppTables } from '../../db/schema'
import { mailPart } from '../../delivery/contract/mail-part'
import { systemClock } from '../../kit/clock'
import { ClockJumps } from '../../kit/clock-jumps'
import { startPolling } from '../../kit/polling-loop'
import { confirmationLetter } from './letter'
import { loadPending, type PendingConfirmation } from './load-pending'
import { afterFailure, tellOfEnd, tellOfTrouble, troubleIsOver } from './trouble'

/**
 * Resolves once the email is certain to be sent. Asking again replaces an email that is still
 * waiting.
 */
export async function sendConfirmation({ id }: { id: string }, now = Date.now()): Promise<void> {
  const due = { attempts: 0, due_at: now, created_at: now }
  const app = await useApp()
  await app
    .insertInto('confirmations')
    .values({ reader_id: id, ...due })
    .onConflict(waiting => waiting.column('reader_id').doUpdateSet(due))
    .execute()
  wake()
}

/**
 * Sends what is due; returns how many were accepted. Safe in several processes: the one that moves
 * the due time sends the email.
 */
export async function sendDue(now = Date.now()): Promise<number> {
  const app = await useApp()
  if (await isMailPaused(app)) return 0
  const due = await app
    .selectFrom('confirmations')
    .selectAll()
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(10)
    .execute()
  const sent = await Promise.all(
    due.map(async row => {
      const claimed = await app
        .updateTable('confirmations')
        .set({ due_at: now + CLAIM_MS })
        .where('reader_id', '=', row.reader_id)
        .where('due_at', '=', row.due_at)
        .executeTakeFirst()
      return claimed.numUpdatedRows ? sendOne(row, now) : false
    }),
  )
  return sent.filter(Boolean).length
}

/**
 * An operator who pauses the email part means all email; after a restore, these may already have
 * been sent.
 */
async function isMailPaused(app: Kysely<AppTables>): Promise<boolean> {
  const consumer = await app
    .selectFrom('consumers')
    .select('paused')
    .where('name', '=', mailPart())
    .executeTakeFirst()
  return Boolean(consumer?.paused)
}

async function sendOne(
  {
    reader_id: id,
    attempts,
    created_at,
  }: { reader_id: string; attempts: number; created_at: number },
  now: number,
): Promise<boolean> {
  const app = await useApp()
  const pending = await loadPending(id)
  const done = () =>
    app
      .deleteFrom('confirmations')
      .where('reader_id', '=', id)
      .where('created_at', '=', created_at)
      .execute()
  if (!pending) {
    await done()
    return false
  }
  try {
    await sendDirect(letterTo(pending, created_at), {
      id,
      email: pending.email,
      name: `confirm.${id}`,
      at: created_at,
      attempt: attempts + 1,
      now,
    })
    await done()
    await troubleIsOver(app, now)
    return true
  } catch (error) {
    const next = afterFailure(error, { attempts, createdAt: created_at, now })
    if (next === 'given up') await tellOfEnd(app, error as Error, now)
    else if (next !== 'no mailbox') await tellOfTrouble(app, error as Error, now)
    if (typeof next === 'string') await done()
    else
      await app
        .updateTable('confirmations')
        .set({ due_at: next, attempts: attempts + 1 })
        .where('reader_id', '=', id)
        .where('created_at', '=', created_at)
        .execute()
    return false
  }
}

function letterTo({ asked, token, timeZone }: PendingConfirmation, at: number) {
  const { site } = sender()
  const url = `${site}/subscribe/confirm?token=${encodeURIComponent(token)}`
  return confirmationLetter({ asked, url, site, at, timeZone })
}

let wake = () => {}

/**
 * Sends what is due, now and later, checking each second for what other processes queued. Returns a
 * function that stops it.
 */
export function startConfirmations(everyMs = 1000): () => Promise<void> {
  const jumps = new ClockJumps(systemClock)
  const polling = startPolling(async () => {
    if (jumps.look()) await dueSoon(await useApp(), 'confirmations', Date.now()).catch(() => {})
    return (await sendDue().catch(() => 0)) > 0
  }, everyMs)
  wake = polling.wake
  return polling.stop
}
