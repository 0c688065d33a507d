/**
 * The people who may sign in. The first is the owner; all of them can write, so all of them are
 * critics too.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import { eraseTraces } from '../db/erase-traces'
import { useApp } from '../db/open'
import type { AppTables } from '../db/schema'
import { hashPassword, verifyPassword } from './passwords'
import { revokeTokensOf } from './tokens'

export type Role = AppTables['people']['role']
type Trx = Transaction<AppTables>
export interface Person {
  id: string
  name: string
  email: string
  role: Role
  /** A sentence about themselves; absent if there is none. */
  bio?: string
}
const SHOWN = ['id', 'name', 'email', 'role', 'bio'] as const

/** Oldest first. */
export const listPeople = async (): Promise<Person[]> =>
  (await (await useApp()).selectFrom('people').select(SHOWN).orderBy('createdAt').execute()).map(
    asPerson,
  )

const asPerson = ({ bio, ...person }: Omit<Person, 'bio'> & { bio: string | null }): Person => ({
  ...person,
  ...(bio && { bio }),
})

export async function personById(id: string): Promise<Person | undefined> {
  const found = await self(await useApp(), id)
  return typeof found === 'string' ? undefined : found.person
}

/** True once there has been an account, and for ever after. */
export const isSetUp = async () =>
  !!(await (await useApp()).selectFrom('set_up').select('one').executeTakeFirst())

/** What became of a change: the person as they are now, or why there is none. */
export type Changed = { person: Person } | 'unknown' | 'last owner' | 'not allowed'

/**
 * Removes a person's sessions, password and API tokens too; their reviews stay, under the name they
 * were published with. `by` is who asks: whether they still may is decided in the same transaction,
 * so that two owners who remove each other do not leave the site without one.
 */
export async function removePerson(by: string, id: string): Promise<Changed> {
  const app = await useApp()
  const removed = await app.transaction().execute(async (trx): Promise<Changed> => {
    const found = await managed(trx, by, id)
    if (typeof found === 'string') return found
    if (found.person.role === 'owner' && !(await hasOtherOwner(trx, id))) return 'last owner'
    await revokeTokensOf(trx, id)
    await trx.deleteFrom('people').where('id', '=', id).execute()
    // Answers that are kept for repeats, and emails in the outbox, name the person too.
    await trx
      .deleteFrom('idempotency')
      .where(sql`instr(answer, ${id})`, '>', 0)
      .execute()
    await trx
      .deleteFrom('outbox')
      .where(sql`instr(message_id, ${id})`, '>', 0)
      .execute()
    return found
  })
  if (typeof removed !== 'string') await eraseTraces(app, removed.person.email)
  return removed
}

export interface PersonChanges {
  role?: Role
  password?: string
  keepTokens?: boolean
  /** Empty for none. */
  bio?: string
}

/**
 * A new role takes effect with the next request; a new password ends the person's sessions, and
 * revokes their API tokens unless they chose it themselves and keep them. `by` as above.
 */
export async function changePerson(
  by: string,
  id: string,
  { role, password, keepTokens, bio }: PersonChanges,
): Promise<Changed> {
  const app = await useApp()
  const hash = password && (await hashPassword(password))
  return app.transaction().execute(async (trx): Promise<Changed> => {
    const found = by === id ? await self(trx, id) : await managed(trx, by, id)
    if (typeof found === 'string') return found
    const { person } = found
    if (role === 'owner' && !(await isOwner(trx, by))) return 'not allowed'
    const losesOwner = person.role === 'owner' && role !== undefined && role !== 'owner'
    if (losesOwner && !(await hasOtherOwner(trx, id))) return 'last owner'
    const updatedAt = new Date().toISOString()
    if (role)
      await trx.updateTable('people').set({ role, updatedAt }).where('id', '=', id).execute()
    if (bio !== undefined)
      await trx
        .updateTable('people')
        .set({ bio: bio || null, bioAt: Date.now() })
        .where('id', '=', id)
        .execute()
    if (hash) {
      const credentials = trx.updateTable('credentials').set({ password: hash, updatedAt })
      await credentials.where('userId', '=', id).execute()
      await trx.deleteFrom('sessions').where('userId', '=', id).execute()
      if (!keepTokens) await revokeTokensOf(trx, id)
    }
    return self(trx, id)
  })
}

async function self(trx: Trx | Kysely<AppTables>, id: string): Promise<Changed> {
  const person = await trx
    .selectFrom('people')
    .select(SHOWN)
    .where('id', '=', id)
    .executeTakeFirst()
  return person ? { person: asPerson(person) } : 'unknown'
}

const isOwner = async (trx: Trx, id: string) => {
  const found = await self(trx, id)
  return typeof found !== 'string' && found.person.role === 'owner'
}

/** Somebody whom the asker may manage, as both are now. */
async function managed(trx: Trx, by: string, id: string): Promise<Changed> {
  const [asker, found] = [await self(trx, by), await self(trx, id)]
  if (typeof found === 'string') return found
  if (typeof asker === 'string' || !mayManage(asker.person, found.person)) return 'not allowed'
  return found
}

const hasOtherOwner = async (trx: Trx, id: string) =>
  !!(await trx
    .selectFrom('people')
    .select('id')
    .where('role', '=', 'owner')
    .where('id', '!=', id)
    .limit(1)
    .executeTakeFirst())

export async function isPasswordOf(id: string, password: string): Promise<boolean> {
  const row = await (
    await useApp()
  )
    .selectFrom('credentials')
    .select('password')
    .where('userId', '=', id)
    .executeTakeFirst()
  return !!row?.password && verifyPassword({ hash: row.password, password })
}

/** Owners manage everybody, editors manage critics. */
export const mayManage = (who: { role: Role }, person: Person) =>
  who.role === 'owner' || (who.role === 'editor' && person.role === 'critic')
