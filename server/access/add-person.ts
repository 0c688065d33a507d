/** Creates accounts: the first is the owner's, and each has an address of its own. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { useApp } from '../db/open'
import { hashPassword } from './passwords'
import type { Person, Role } from './people'

export interface NewPerson {
  name: string
  email: string
  password: string
}

/** Undefined once there has been an account. */
export const addOwner = (person: NewPerson) => add(person, 'owner', true)

/** Undefined when the address already belongs to somebody. */
export const addPerson = (person: NewPerson, role: Role) => add(person, role, false)

async function add(
  { name, email, password }: NewPerson,
  role: Role,
  first: boolean,
): Promise<Person | undefined> {
  const app = await useApp()
  const hash = await hashPassword(password)
  const person = { id: randomUUID(), name, email: email.toLowerCase(), role }
  const now = new Date().toISOString()
  return app.transaction().execute(async trx => {
    const existing = first
      ? await trx.selectFrom('set_up').select('one').executeTakeFirst()
      : await trx
          .selectFrom('people')
          .select('id')
          .where('email', '=', person.email)
          .executeTakeFirst()
    if (existing) return undefined
    await trx
      .insertInto('set_up')
      .values({ one: 1, at: Date.now() })
      .onConflict(before => before.doNothing())
      .execute()
    await trx
      .insertInto('people')
      .values({
        ...person,
        emailVerified: sql`${true}`,
        image: null,
        createdAt: now,
        updatedAt: now,
      })
      .execute()
    await trx
      .insertInto('credentials')
      .values({
        id: randomUUID(),
        accountId: person.id,
        providerId: 'credential',
        userId: person.id,
        password: hash,
        createdAt: now,
        updatedAt: now,
      })
      .execute()
    return person
  })
}
