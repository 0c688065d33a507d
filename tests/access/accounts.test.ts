/** Accounts without HTTP: what is in the tables, and what can be done with it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOptions, useAccounts } from '../../server/access/accounts'
import { addOwner, addPerson } from '../../server/access/add-person'
import { hashPassword, verifyPassword } from '../../server/access/passwords'
import { listPeople, removePerson } from '../../server/access/people'
import { holderOfToken, makeToken } from '../../server/access/tokens'
import { closeDatabases, openAppInMemory, useApp } from '../../server/db/open'

const folder = mkdtempSync(join(tmpdir(), 'mymovies-access-'))
beforeAll(() => {
  process.env.NUXT_DATA_DIR = folder
})
afterAll(async () => {
  await closeDatabases()
  rmSync(folder, { recursive: true })
})

const ann = { name: 'Ann', email: 'Ann@Example.org', password: 'a long way down' }

it('better-auth finds every table, column and index that it needs', async () => {
  const db = await openAppInMemory()
  const { toBeCreated, toBeAdded } = await getMigrations({
    ...accountOptions('x'.repeat(32), 'http://localhost'),
    database: { db, type: 'sqlite' },
  } as never)
  expect([toBeCreated, toBeAdded]).toEqual([[], []])
  await db.destroy()
})

describe('a password', () => {
  it('matches only itself, each time with another salt, even typed on another keyboard', async () => {
    const hash = await hashPassword('Zoë')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(hash).not.toBe(await hashPassword('Zoë'))
    expect(await verifyPassword({ hash, password: 'Zoe\u0308' })).toBe(true)
    expect(await verifyPassword({ hash, password: 'zoë' })).toBe(false)
  })

  it.each(['', 'plain', '$argon2id$v=19$m=1,t=1,p=1$', '$2b$10$abcdefghijklmnopqrstuv'])(
    'stored as %j matches nothing',
    async hash => {
      expect(await verifyPassword({ hash, password: '' })).toBe(false)
    },
  )
})

describe('people', () => {
  it('start with one owner, even when two try at once', async () => {
    const made = await Promise.all([addOwner(ann), addOwner({ ...ann, email: 'bob@example.org' })])
    expect(made.filter(Boolean)).toHaveLength(1)
    expect(await listPeople()).toMatchObject([{ role: 'owner' }])
  })

  it('have one account per address, however it is written', async () => {
    expect(await addPerson({ ...ann, email: 'carl@example.org' }, 'critic')).toMatchObject({
      role: 'critic',
    })
    expect(await addPerson({ ...ann, email: 'CARL@example.org' }, 'critic')).toBeUndefined()
  })

  it('sign in with sessions whose tokens are not in the database, and lose all access at once', async () => {
    const dora = (await addPerson({ ...ann, email: 'dora@example.org' }, 'editor'))!
    const { signInEmail } = await useAccounts()
    const app = await useApp()
    const { token } = await signInEmail({
      body: { email: 'dora@example.org', password: ann.password },
    })
    const kept = await app
      .selectFrom('sessions')
      .select('token')
      .where('userId', '=', dora.id)
      .execute()
    expect(kept).toEqual([{ token: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    expect(kept[0]!.token).not.toBe(token)

    const api = await makeToken(dora.id, { name: 'script', scopes: ['reviews'] })
    expect(await holderOfToken(api.token)).toMatchObject({ id: dora.id, scopes: ['reviews'] })
    expect(JSON.stringify(await app.selectFrom('api_tokens').selectAll().execute())).not.toContain(
      api.token,
    )

    const [owner] = await listPeople()
    await removePerson(owner!.id, dora.id)
    expect(await holderOfToken(api.token)).toBeUndefined()
    expect(
      await app.selectFrom('sessions').selectAll().where('userId', '=', dora.id).execute(),
    ).toEqual([])
    await expect(
      signInEmail({ body: { email: 'dora@example.org', password: ann.password } }),
    ).rejects.toMatchObject({ statusCode: 401 })
  })
})
