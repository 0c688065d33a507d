/**
 * Sends emails that were kept because there was no mail server, or throws them away. An email about
 * a review goes through the ledger again: its reader may have left since, and its text changed.
 */
import { type Kysely, sql } from 'kysely'
import { useMailer } from '../channels/mail/mailer'
import { sender } from '../channels/mail/sender'
import type { AppTables } from '../db/schema'
import { isKept } from '../delivery/ledger/kept'

export interface KeptContext {
  app: Kysely<AppTables>
  /** The name of the part that sends email. */
  part: string
  now: number
}

/**
 * Sends these, or all of them; returns how many are on their way. What cannot be sent stays in the
 * outbox.
 */
export async function sendKept(context: KeptContext, ids?: number[]): Promise<number> {
  const queued = await change(context, { state: 'pending', reason: null }, ids)
  let sent = 0
  for (const id of await otherEmails(context, ids))
    if (await sendOne(context.app, id).catch(() => false)) sent++
  return queued + sent
}

/**
 * Drops kept emails about reviews, so that they are written again from what is true now. Those about
 * nothing in the ledger stay.
 */
export const writeAgain = (context: KeptContext, ids: number[]): Promise<number> =>
  change(context, { state: 'pending', reason: null }, ids)

/** Throws these away, or all of them; returns how many. */
export async function discardKept(context: KeptContext, ids?: number[]): Promise<number> {
  const discarded = await change(context, { state: 'suppressed', reason: DISCARDED }, ids)
  const others = await otherEmails(context, ids)
  await context.app.deleteFrom('outbox').where('id', 'in', others).execute()
  return discarded + others.length
}

const DISCARDED = 'discarded from the outbox'

/** The first event and the reader in an email's Message-ID. */
const eventId = sql`substr(o.message_id, 1, instr(o.message_id, '.') - 1)`
const recipient = sql`substr(o.message_id, instr(o.message_id, '.') + 1,
  instr(o.message_id, '@') - instr(o.message_id, '.') - 1)`

/**
 * Changes the deliveries behind kept emails, whole digests at a time, and drops the emails. Without
 * `ids`, also those whose email was no longer kept for want of room.
 */
function change(
  { app, part, now }: KeptContext,
  { state, reason }: { state: 'pending' | 'suppressed'; reason: string | null },
  ids?: number[],
): Promise<number> {
  return app.transaction().execute(async tx => {
    const chosen = sql`SELECT d.id, d.recipient, d.bundle, o.id AS outbox_id
      FROM outbox o JOIN deliveries d
        ON d.event_id = ${eventId} AND d.reactor = ${part} AND d.recipient = ${recipient}
      WHERE ${ids ? sql`o.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))` : sql`true`}`
    const { rows } = await sql<{ outbox_id: number }>`${chosen}`.execute(tx)
    const which = ids
      ? sql`(id IN (SELECT id FROM (${chosen})) OR bundle IS NOT NULL AND EXISTS (
          SELECT 1 FROM (${chosen}) c
          WHERE c.recipient = deliveries.recipient AND c.bundle = deliveries.bundle))`
      : sql`true`
    const changed = await sql`
      UPDATE deliveries SET state = ${state}, reason = ${reason}, attempts = 0, receipt = NULL,
        due_at = ${now}, updated_at = ${now}
      WHERE reactor = ${part} AND ${isKept} AND ${which}`.execute(tx)
    const dropped = JSON.stringify(rows.map(row => row.outbox_id))
    await sql`DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(${dropped}))`.execute(tx)
    return Number(changed.numAffectedRows ?? 0)
  })
}

/** What is left of them once `change` has dropped those about an event. */
async function otherEmails({ app }: KeptContext, ids?: number[]): Promise<number[]> {
  const rows = await app
    .selectFrom('outbox')
    .select('id')
    .$if(ids !== undefined, q => q.where('id', 'in', ids!))
    .orderBy('id')
    .execute()
  return rows.map(row => row.id)
}

/** Being sent by this process, so that a second press does not send them too. */
const underWay = new Set<number>()

async function sendOne(app: Kysely<AppTables>, id: number): Promise<boolean> {
  if (underWay.has(id)) return false
  underWay.add(id)
  try {
    return await sendFromOutbox(app, id)
  } finally {
    underWay.delete(id)
  }
}

/** Confirmations are left to their own queue, which sends them while they are valid. */
async function sendFromOutbox(app: Kysely<AppTables>, id: number): Promise<boolean> {
  const row = await app
    .selectFrom('outbox')
    .selectAll()
    .where('id', '=', id)
    .where('message_id', 'not like', 'confirm.%')
    .executeTakeFirst()
  if (!row) return false
  await useMailer().send({
    from: row.sender,
    envelope: { from: sender().address, to: row.recipient },
    messageId: row.message_id,
    subject: row.subject,
    raw: row.source,
  })
  await app.deleteFrom('outbox').where('id', '=', id).execute()
  return true
}
