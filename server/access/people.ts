/** The people who may sign in. The first one is the owner; every one of them can write, so every one is a critic too. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { useApp } from '../db/open'
import type { AppTables } from '../db/schema'
import { hashPassword } from './passwords'

export type Role = AppTables['people']['role']
export interface Person { id: string, name: string, email: string, role: Role }
export interface NewPerson { name: string, email: string, password: string }

const SHOWN = ['id', 'name', 'email', 'role'] as const

/** Oldest first. */
export const listPeople = async (): Promise<Person[]> => (await useApp()).selectFrom('people').select(SHOWN).orderBy('createdAt').execute()

/** True once there is an owner, and for ever. */
export const isSetUp = async () => !!await (await useApp()).selectFrom('people').select('id').limit(1).executeTakeFirst()

/** Undefined when somebody was here first. */
export const addOwner = (person: NewPerson) => add(person, 'owner', true)

/** Undefined when the address belongs to somebody already. */
export const addPerson = (person: NewPerson, role: Role) => add(person, role, false)

/** Sessions, password and API tokens go with the person; the reviews stay, under the name they were published with. */
export async function removePerson(id: string): Promise<void> {
  await (await useApp()).transaction().execute(async (trx) => {
    await trx.updateTable('api_tokens').set({ revoked_at: Date.now() }).where('user_id', '=', id).where('revoked_at', 'is', null).execute()
    await trx.deleteFrom('people').where('id', '=', id).execute()
  })
}

async function add({ name, email, password }: NewPerson, role: Role, first: boolean): Promise<Person | undefined> {
  const app = await useApp(), hash = await hashPassword(password)
  const person = { id: randomUUID(), name, email: email.toLowerCase(), role }, now = new Date().toISOString()
  return app.transaction().execute(async (trx) => {
    const there = await trx.selectFrom('people').select('id').$if(!first, taken => taken.where('email', '=', person.email)).limit(1).executeTakeFirst()
    if (there) return undefined
    await trx.insertInto('people').values({ ...person, emailVerified: sql`${true}`, image: null, createdAt: now, updatedAt: now }).execute()
    await trx.insertInto('credentials').values({ id: randomUUID(), accountId: person.id, providerId: 'credential', userId: person.id, password: hash, createdAt: now, updatedAt: now }).execute()
    return person
  })
}
