/** A slug belongs to one review for ever. */
import type { Kysely } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import type { AppTables } from '../../../server/db/schema'
import { nextSlug, reserveSlug } from '../../../server/desk/working-copy/slugs'

let app: Kysely<AppTables>
beforeEach(async () => {
  app = await openAppInMemory()
})

it('is the title in plain letters, with a number for the second review of that title', async () => {
  expect(await reserveSlug(app, 'a', 'Amélie, again')).toBe('amelie-again')
  expect(await reserveSlug(app, 'b', 'Amélie, again')).toBe('amelie-again-2')
  expect(await reserveSlug(app, 'c', 'Amélie again!')).toBe('amelie-again-3')
})

it('is the same again for the same review and title', async () => {
  await reserveSlug(app, 'a', 'Rope')
  expect(await reserveSlug(app, 'b', 'Rope')).toBe('rope-2')
  expect(await reserveSlug(app, 'b', 'Rope')).toBe('rope-2')
})

it('is another one for another title, even if that only begins the same', async () => {
  await reserveSlug(app, 'a', 'Rope')
  expect(await reserveSlug(app, 'b', 'Rope 2 the end')).toBe('rope-2-the-end')
  expect(await reserveSlug(app, 'b', 'Rope')).toBe('rope-2')
})

it('is given once, however many ask at the same time', async () => {
  const slugs = await Promise.all(['a', 'b', 'c', 'd'].map(id => reserveSlug(app, id, 'Rope')))
  expect(slugs.sort()).toEqual(['rope', 'rope-2', 'rope-3', 'rope-4'])
})

it('is known before it is given, as the one that will be given', async () => {
  await reserveSlug(app, 'a', 'Rope')
  await reserveSlug(app, 'b', 'Rope')
  expect(await nextSlug(app, 'c', 'Rope')).toBe('rope-3')
  expect(await nextSlug(app, 'b', 'Rope')).toBe('rope-2')
  expect(await nextSlug(app, 'b', 'Rear Window')).toBe('rear-window')
  expect(await reserveSlug(app, 'c', 'Rope')).toBe('rope-3')
})
