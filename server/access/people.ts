/**
 * The people who may sign in. The first is the owner; all of them can write, so all of them are
 * critics too.
 */
import { useApp } from '../db/open'
import type { AppTables } from '../db/schema'
import { hashPassword, verifyPassword } from './passwords'

export type Role = AppTables['people']['role']
export interface Person {
  id: string
  name: string
  email: string
  role: Role
}
const SHOWN = ['id', 'name', 'email', 'role'] as const

/** Oldest first. */
export const listPeople = async (): Promise<Person[]> =>
  (await useApp()).selectFrom('people').select(SHOWN).orderBy('createdAt').execute()

/** True once there is an owner, and for ever after. */
export const isSetUp = async () =>
  !!(await (await useApp()).selectFrom('people').select('id').limit(1).executeTakeFirst())

/**
 * Removes a person's sessions, password and API tokens too; their reviews stay, under the name they
 * were published with.
 */
export async function removePerson(id: string): Promise<void> {
  await (await useApp()).transaction().execute(async trx => {
    await trx
      .updateTable('api_tokens')
      .set({ revoked_at: Date.now() })
      .where('user_id', '=', id)
      .where('revoked_at', 'is', null)
      .execute()
    await trx.deleteFrom('people').where('id', '=', id).execute()
  })
}

/**
 * A new role takes effect with the next request; a new password ends the person's sessions.
 * Undefined when it would leave no owner.
 */
export async function changePerson(
  id: string,
  { role, password }: { role?: Role; password?: string },
): Promise<Person | undefined> {
  const app = await useApp()
  const hash = password && (await hashPassword(password))
  const now = new Date().toISOString()
  return app.transaction().execute(async trx => {
    const person = await trx
      .selectFrom('people')
      .select(SHOWN)
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const other = await trx
      .selectFrom('people')
      .select('id')
      .where('role', '=', 'owner')
      .where('id', '!=', id)
      .limit(1)
      .executeTakeFirst()
    if (person.role === 'owner' && role && role !== 'owner' && !other) return undefined
    if (role)
      await trx.updateTable('people').set({ role, updatedAt: now }).where('id', '=', id).execute()
    if (hash)
      await trx
        .updateTable('credentials')
        .set({ password: hash, updatedAt: now })
        .where('userId', '=', id)
        .execute()
    if (hash) await trx.deleteFrom('sessions').where('userId', '=', id).execute()
    return { ...person, ...(role && { role }) }
  })
}

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
