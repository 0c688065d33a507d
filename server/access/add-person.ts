/** Gives somebody an account: the first is the owner's, every later one has an address of its own. */
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

/** Undefined when somebody was here first. */
export const addOwner = (person: NewPerson) => add(person, 'owner', true)

/** Undefined when the address belongs to somebody already. */
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
    const there = await trx
      .selectFrom('people')
      .select('id')
      .$if(!first, taken => taken.where('email', '=', person.email))
      .limit(1)
      .executeTakeFirst()
    if (there) return undefined
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
