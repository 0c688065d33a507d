/** Names in emails: only those with a public review, and no query for wants that need none. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Views } from '../../server/queries/tables'
import { namesFor } from '../../server/readers/wants-names'
import { shelve, viewsAfter } from '../support/shelf'

let views: Views
beforeAll(async () => {
  views = await viewsAfter([
    ...shelve({
      id: 'deep-red',
      title: 'A doll walks in',
      film: 'Deep Red',
      year: 1975,
      genres: ['Giallo'],
      publishedAt: '2026-11-14T11:01:17Z',
    }),
    ...shelve({
      id: 'gone',
      title: 'The wrong cut',
      film: 'Gone Cut',
      critic: 'Tomasz',
      genres: ['Nunsploitation'],
      publishedAt: '2026-11-15T09:00:00Z',
    }),
    {
      type: 'ReviewArchived',
      data: {
        id: 'gone',
        reason: 'I had reviewed the wrong cut.',
        archivedAt: '2026-11-16T09:00:00Z',
      },
    },
  ])
})
afterAll(() => views.destroy())

it('are those of critics and genres with a public review, spelled as our reviews spell them', async () => {
  const names = await namesFor(views, [
    { critics: ['ines', 'tomasz'] },
    { genres: ['giallo', 'nunsploitation', 'Call 0900'] },
  ])
  expect([names.critic('ines'), names.critic('tomasz'), names.critic('mallory')]).toEqual([
    'Ines',
    undefined,
    undefined,
  ])
  expect(['GIALLO', 'nunsploitation', 'Call 0900'].map(names.genre)).toEqual([
    'Giallo',
    undefined,
    undefined,
  ])
})

it('cost nothing if the wants name nobody', async () => {
  const untouched = new Proxy(
    {},
    {
      get: () => {
        throw new Error('asked the shelf')
      },
    },
  ) as Views
  expect(
    (await namesFor(untouched, [{}, { genres: ['Thriller'], minRating: 3 }])).critic('ines'),
  ).toBeUndefined()
})
