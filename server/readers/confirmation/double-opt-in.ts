/**
 * Double opt-in: an address is subscribed only once its owner has confirmed it; until then it gets
 * nothing but the confirmation email.
 */
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Wants } from '../../../shared/types/wants'
import type { AppTables } from '../../db/schema'
import { forgetBounces } from '../bounce-history'
import { addressPrint, type MailReaderRow } from '../mail-readers'
import { subjectOf, tokenFor } from '../tokens'
import { wantsColumns } from '../wants'
import { countLetter } from './mailbox'

type Db = Kysely<AppTables>

const DAY = 86_400_000
/** An unanswered confirmation is deleted after this time, and the address with it. */
export const CONFIRM_WITHIN = 7 * DAY

/**
 * Somebody, not necessarily its owner, subscribes an address. Returns the id of the reader who is
 * due a confirmation email, and its token; undefined once the mailbox has had its share for today.
 * An active reader keeps getting the same as before until the email is answered. The same wants
 * within a day makes the same token, so that both of two emails work.
 */
export async function askByMail(
  app: Db,
  { email, wants, now }: { email: string; wants: Wants; now: number },
): Promise<{ id: string; token: string } | undefined> {
  const email_hash = addressPrint(email)
  const asked = JSON.stringify(wants)
  return app.transaction().execute(async db => {
    if (!(await countLetter(db, email, now))) return undefined
    const known = await db
      .selectFrom('mail_readers')
      .selectAll()
      .where('email_hash', '=', email_hash)
      .executeTakeFirst()
    const isRepeat = known?.asked === asked && known.asked_at > now - DAY
    const letter = {
      asked,
      asked_at: isRepeat ? known.asked_at : now,
      letters: (known?.letters ?? 0) + 1,
    }
    const id = known?.id ?? randomUUIDv7()
    if (known) await db.updateTable('mail_readers').set(letter).where('id', '=', id).execute()
    else
      await db
        .insertInto('mail_readers')
        .values({
          id,
          email,
          email_hash,
          state: 'unconfirmed',
          ...wantsColumns(wants),
          ...letter,
          confirmed_at: null,
          position: 0,
        })
        .execute()
    return { id, token: tokenFor('confirm', `${id}.${letter.asked_at}`) }
  })
}

export type Confirmation =
  | { state: 'forged' | 'expired' | 'superseded' }
  | { state: 'open' | 'confirmed'; reader: MailReaderRow }

/** What a confirmation token means right now; changes nothing. */
export async function readConfirmation(
  app: Db | Transaction<AppTables>,
  token: string,
  now: number,
): Promise<Confirmation> {
  const [id, askedAt] = subjectOf('confirm', token)?.split('.') ?? []
  if (!id) return { state: 'forged' }
  const reader = await app
    .selectFrom('mail_readers')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!reader || Number(askedAt) < now - CONFIRM_WITHIN) return { state: 'expired' }
  if (reader.asked_at !== Number(askedAt)) return { state: 'superseded' }
  return { state: reader.asked === null ? 'confirmed' : 'open', reader }
}

/**
 * Subscribes the reader who answered the email to what was asked for. `head` is the log's: a new
 * or resting reader hears of events after it. Confirming a second time changes nothing.
 */
export async function confirmByMail(
  app: Db,
  token: string,
  { head, now }: { head: number; now: number },
): Promise<Confirmation> {
  return app.transaction().execute(async db => {
    const found = await readConfirmation(db, token, now)
    if (found.state !== 'open') return found
    const { id, email_hash, asked, state, confirmed_at, position } = found.reader
    const joined = {
      state: 'active' as const,
      confirmed_at: confirmed_at ?? now,
      position: state === 'active' ? position : head,
    }
    await db
      .updateTable('mail_readers')
      .set({
        ...wantsColumns(JSON.parse(asked!) as Wants),
        ...joined,
        asked: null,
      })
      .where('id', '=', id)
      .execute()
    await db.deleteFrom('suppressions').where('hash', '=', email_hash).execute()
    await forgetBounces(db, id)
    return { state: 'confirmed', reader: { ...found.reader, ...joined } }
  })
}
