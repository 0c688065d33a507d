/** Without a mail server letters are kept here, whole, for the editors to read. */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Transport } from './transport'

type Db = Kysely<AppTables>

/** Older ones make room. */
export const KEPT = 500

/** The same letter twice is one letter. */
export const outboxTransport = (app: () => Promise<Db>, now: () => number = Date.now): Transport => ({
  async send({ messageId, envelope, subject, raw }) {
    const db = await app()
    const kept = await db.insertInto('outbox').values({ message_id: messageId, recipient: envelope.to[0]!.address, subject, source: raw, at: now() })
      .onConflict(same => same.column('message_id').doNothing()).returning('id').executeTakeFirst()
    if (kept && kept.id % 50 === 0) await makeRoom(db)
    return { id: messageId, url: '/editor/outbox' }
  },
  verify: async () => true,
  close: () => {},
})

async function makeRoom(db: Db) {
  const oldest = await db.selectFrom('outbox').select('id').orderBy('id', 'desc').offset(KEPT).limit(1).executeTakeFirst()
  if (oldest) await db.deleteFrom('outbox').where('id', '<=', oldest.id).execute()
}

/** Newest first, at most KEPT. */
export const listOutbox = (db: Db) => db.selectFrom('outbox').select(['id', 'recipient', 'subject', 'at']).orderBy('id', 'desc').limit(KEPT).execute()

export const readOutbox = (db: Db, id: number) => db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
