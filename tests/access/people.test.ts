/** The site always keeps an owner, and setup opens once, whatever happens at the same time. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { addOwner, addPerson } from '../../server/access/add-person'
import { changePerson, isSetUp, listPeople, removePerson } from '../../server/access/people'
import { holderOfToken, makeToken } from '../../server/access/tokens'
import { closeDatabases, useApp } from '../../server/db/open'

const folder = mkdtempSync(join(tmpdir(), 'mymovies-people-'))
process.env.NUXT_DATA_DIR = folder
beforeEach(async () => {
  const app = await useApp()
  await app.deleteFrom('people').execute()
  await app.deleteFrom('set_up').execute()
})
afterAll(async () => {
  await closeDatabases()
  rmSync(folder, { recursive: true })
})

const person = (name: string) => ({
  name,
  email: `${name}@example.org`,
  password: 'a long way down',
})
const owners = async () => (await listPeople()).filter(({ role }) => role === 'owner')
const two = async () => [
  (await addOwner(person('ann')))!.id,
  (await addPerson(person('bob'), 'owner'))!.id,
]

it('two owners who remove each other leave one', async () => {
  const [ann, bob] = (await two()) as [string, string]
  const done = await Promise.all([removePerson(ann, bob), removePerson(bob, ann)])
  expect(done.filter(one => one === 'not allowed')).toHaveLength(1)
  expect(await owners()).toHaveLength(1)
})

it('so do two who make each other critics, or one who leaves while the other is removed', async () => {
  const [ann, bob] = (await two()) as [string, string]
  await Promise.all([
    changePerson(ann, bob, { role: 'critic' }),
    changePerson(bob, ann, { role: 'critic' }),
  ])
  expect(await owners()).toHaveLength(1)
  const [left] = await owners()
  const other = left!.id === ann ? bob : ann
  await changePerson(left!.id, other, { role: 'owner' })
  await Promise.all([
    changePerson(left!.id, left!.id, { role: 'critic' }),
    removePerson(left!.id, other),
    changePerson(other, other, { role: 'editor' }),
  ])
  expect(await owners()).toHaveLength(1)
})

it('only who is an owner now makes an owner', async () => {
  const [ann, bob] = (await two()) as [string, string]
  const { id: cat } = (await addPerson(person('cat'), 'critic'))!
  await changePerson(ann, bob, { role: 'editor' })
  expect(await changePerson(bob, cat, { role: 'owner' })).toBe('not allowed')
  expect(await changePerson(ann, cat, { role: 'owner' })).toMatchObject({
    person: { role: 'owner' },
  })
})

it('setup stays closed when nobody is left', async () => {
  expect(await isSetUp()).toBe(false)
  await addOwner(person('ann'))
  await (await useApp()).deleteFrom('people').execute()
  expect(await isSetUp()).toBe(true)
  expect(await addOwner(person('eve'))).toBeUndefined()
})

it('a new password revokes the tokens, unless their owner keeps them; a token ends at its time', async () => {
  const [ann, bob] = (await two()) as [string, string]
  const scopes = ['reviews' as const]
  const token = async (expiresAt?: string) =>
    (await makeToken(bob, { name: 'script', scopes, expiresAt })).token
  const kept = await token()
  const ended = await token(new Date(Date.now() - 1000).toISOString())
  await changePerson(bob, bob, { password: 'seen from the wheel', keepTokens: true })
  expect(await holderOfToken(kept)).toMatchObject({ id: bob })
  expect(await holderOfToken(ended)).toBeUndefined()
  await changePerson(ann, bob, { password: 'a long way up' })
  expect(await holderOfToken(kept)).toBeUndefined()
})
