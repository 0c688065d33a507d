/** Keeps whole emails for editors to read when there is no mail server. */
import type { Kysely, Selectable } from 'kysely'
import PostalMime from 'postal-mime'
import type { KeptEmail, OpenedEmail } from '../../../shared/types/outbox'
import type { AppTables } from '../../db/schema'
import { OUTBOX_URL } from '../../delivery/contract/outbox'
import type { Transport } from './transport'

type Db = Kysely<AppTables>

/** How many emails are kept; older ones are deleted, but for confirmations, which expire. */
export const KEPT = 500

/** An email that is sent twice is kept once. */
export const outboxTransport = (
  app: () => Promise<Db>,
  now: () => number = Date.now,
): Transport => ({
  async send({ messageId, from, envelope, subject, raw }) {
    const db = await app()
    const kept = await db
      .insertInto('outbox')
      .values({
        message_id: messageId,
        sender: from,
        recipient: envelope.to,
        subject,
        source: raw,
        at: now(),
      })
      .onConflict(same => same.column('message_id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (kept && kept.id % 50 === 0) await makeRoom(db)
    return { id: messageId, url: OUTBOX_URL }
  },
  verify: async () => true,
  close: () => {},
})

async function makeRoom(db: Db) {
  const oldest = await db
    .selectFrom('outbox')
    .select('id')
    .orderBy('id', 'desc')
    .offset(KEPT)
    .limit(1)
    .executeTakeFirst()
  if (!oldest) return
  await db
    .deleteFrom('outbox')
    .where('id', '<=', oldest.id)
    .where('message_id', 'not like', 'confirm.%')
    .execute()
}

/** Newest first, at most KEPT. */
export async function listOutbox(db: Db): Promise<KeptEmail[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'sender', 'recipient', 'subject', 'at'])
    .orderBy('id', 'desc')
    .limit(KEPT)
    .execute()
  return rows.map(listed)
}

/** One email as it was sent: its source, and its HTML and text decoded. */
export async function readOutbox(db: Db, id: number): Promise<OpenedEmail | undefined> {
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const { html = '', text = '' } = await PostalMime.parse(row.source)
  return { ...listed(row), html, text, source: row.source }
}

const listed = ({
  id,
  sender,
  recipient,
  subject,
  at,
}: Pick<Selectable<AppTables['outbox']>, 'id' | 'sender' | 'recipient' | 'subject' | 'at'>) => ({
  id,
  from: sender,
  to: recipient,
  subject,
  at: new Date(at).toISOString(),
})
