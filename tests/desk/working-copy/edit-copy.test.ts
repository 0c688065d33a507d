/**
 * Edits of a working copy: none silently overwrites another, and everything typed stays readable.
 */
import type { Kysely } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import type { AppTables } from '../../../server/db/schema'
import type { Changes } from '../../../server/desk/working-copy/content'
import { editCopy } from '../../../server/desk/working-copy/edit-copy'
import { revisionsOf } from '../../../server/desk/working-copy/revisions'
import { readCopy, startCopy } from '../../../server/desk/working-copy/working-copy'

const NOW = Date.parse('2026-11-23T20:00:00.000Z')
let app: Kysely<AppTables>
beforeEach(async () => {
  app = await openAppInMemory()
})

const copy = () => readCopy(app, 'r')
const edit = async (
  changes: Changes,
  { now = NOW, actor = 'Ines', on = copy(), streamVersion = 1 } = {},
) =>
  editCopy(app, {
    copy: await on,
    criticId: 'ines',
    changes,
    whole: fields => ({ title: 'Public', ...fields }),
    streamVersion,
    now,
    actor,
  })

it('lays the changes over what is there', async () => {
  await startCopy(app, {
    reviewId: 'r',
    criticId: 'ines',
    fields: { title: 'A', rating: 4 },
    now: NOW,
    actor: 'Ines',
  })
  expect(await edit({ rating: null, body: 'B.' })).toEqual({
    reviewId: 'r',
    fields: { title: 'A', rating: null, body: 'B.' },
    edits: 1,
    base: 1,
    updatedAt: NOW,
  })
  expect(await copy()).toMatchObject({ edits: 1, fields: { title: 'A', rating: null, body: 'B.' } })
})

it('starts a copy if there is none', async () => {
  expect(await edit({ title: 'A' })).toMatchObject({ edits: 1, fields: { title: 'A' } })
})

it('is refused if somebody else has edited the copy since it was opened', async () => {
  const opened = copy()
  await opened
  await edit({ title: 'Theirs' }, { actor: 'Tomasz' })
  expect(await edit({ title: 'Mine' }, { on: opened })).toBeUndefined()
  expect((await copy()).fields).toEqual({ title: 'Theirs' })
})

it('is one revision with whatever the same person typed within a minute, as a whole text', async () => {
  await edit({ title: 'A' })
  await edit({ body: 'B.' }, { now: NOW + 59_000 })
  expect(await revisionsOf(app, 'r')).toEqual([
    {
      id: 1,
      version: 3,
      at: '2026-11-23T20:00:00.000Z',
      actor: 'Ines',
      fields: { title: 'A', body: 'B.' },
    },
  ])
})

it('is another revision a minute later, or by another person; the newest comes first', async () => {
  await edit({ title: 'A' })
  await edit({ title: 'B' }, { actor: 'Tomasz', now: NOW + 1000 })
  await edit({ title: 'C' }, { actor: 'Tomasz', now: NOW + 61_000 })
  await edit({ summary: 'S.' }, { now: NOW + 62_000 })
  expect((await revisionsOf(app, 'r')).map(({ actor, fields }) => [actor, fields])).toEqual([
    ['Ines', { title: 'C', summary: 'S.' }],
    ['Tomasz', { title: 'C' }],
    ['Tomasz', { title: 'B' }],
    ['Ines', { title: 'A' }],
  ])
})
