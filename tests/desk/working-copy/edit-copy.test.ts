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
import type { Replacement } from '../../../shared/types/desk'

const NOW = Date.parse('2026-11-23T20:00:00.000Z')
let app: Kysely<AppTables>
beforeEach(async () => {
  app = await openAppInMemory()
})

const copy = () => readCopy(app, 'r')
const edit = async (
  changes: Changes,
  {
    now = NOW,
    actor = 'Ines',
    on = copy(),
    streamVersion = 1,
    reason = undefined as Replacement | undefined,
  } = {},
) =>
  editCopy(app, {
    copy: await on,
    criticId: 'ines',
    changes,
    whole: fields => ({ title: 'Public', ...fields }),
    streamVersion,
    now,
    actor,
    reason,
  })
const texts = async () =>
  (await revisionsOf(app, 'r')).map(({ fields, reason }) => [fields, reason])

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

const LONG = 'The clerk has half a year to live, and a playground to build.'

it.each([
  ['a paste over the text', { body: LONG }, { body: 'Hm.' }],
  ['a text without spaces', { body: '渡辺は胃癌で余命半年と知る。' }, { body: '生きる。' }],
  ['an emptied field', { title: 'Ikiru' }, { title: '' }],
  ['another word in a field', { title: 'Ikiru' }, { title: 'Ran' }],
  ['a summary', { summary: LONG }, { summary: '' }],
  ['tags', { tags: ['one', 'two', 'three'] }, { tags: [] }],
  [
    'a poster',
    {
      movie: { id: 'm', title: 'M', genres: [], poster: { url: '/uploads/a.webp', alt: 'A man' } },
    },
    { movie: { id: 'm', title: 'M', genres: [] } },
  ],
])('keeps what was replaced within the minute: %s', async (_, before: Changes, after: Changes) => {
  await edit(before)
  await edit(after, { now: NOW + 1000 })
  const whole = (fields: Changes) => ({ title: 'Public', ...fields })
  expect(await texts()).toEqual([
    [whole({ ...before, ...after }), undefined],
    [whole(before), 'paste'],
  ])
})

it.each([
  ['typing on', ['The cl', 'The clerk', 'The clerk has half']],
  ['a very long word', ['Donaudampfschiffahrts', 'Donaudampfschiffahrtsgesellschaft']],
  ['a typo put right', ['The clrek has a year', 'The clerk has a year']],
  ['the last word taken back', [LONG, LONG.slice(0, -8)]],
  ['words in the middle', ['The clerk builds', 'The old clerk slowly builds']],
])('is still one revision: %s', async (_, bodies) => {
  for (const [i, body] of bodies.entries()) await edit({ body }, { now: NOW + 1000 * i })
  expect(await texts()).toEqual([[{ title: 'Public', body: bodies.at(-1) }, undefined]])
})

it('is one version, not twenty, when a text is deleted bit by bit', async () => {
  for (let length = LONG.length, i = 0; length >= 0; length -= 15, i++)
    await edit({ body: LONG.slice(0, length) }, { now: NOW + 1000 * i })
  expect((await texts()).map(([fields]) => (fields as Changes).body)).toEqual(['T', LONG])
})

it('keeps what stood before a version was restored or merged, however alike they are', async () => {
  await edit({ body: LONG })
  await edit({ body: `${LONG} More.` }, { reason: 'restore', now: NOW + 1000 })
  await edit({ body: `${LONG} More. And more.` }, { reason: 'merge', now: NOW + 2000 })
  expect((await texts()).map(([, reason]) => reason)).toEqual([undefined, 'merge', 'restore'])
})

it('keeps a text that was never edited here before its first edit replaces it', async () => {
  const fields = { title: 'A', body: LONG }
  await startCopy(app, { reviewId: 'r', criticId: 'ines', fields, now: NOW, actor: 'A script' })
  await edit({ body: 'Hm.' }, { now: NOW + 1000 })
  const [newest, first] = await revisionsOf(app, 'r')
  expect([newest!.fields.body, first!.fields.body]).toEqual(['Hm.', LONG])
  expect(first).toMatchObject({ actor: 'A script', reason: 'paste' })
})

it('starts another revision after an event such as Publish', async () => {
  await edit({ body: 'One.' })
  await edit({ body: 'One. Two.' }, { now: NOW + 1000, streamVersion: 2 })
  expect(await texts()).toHaveLength(2)
})
