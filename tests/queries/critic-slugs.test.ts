/** The address of a critic's page, from the first moment on. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { withCriticSlug } from '../../server/queries/critic-slugs'
import type { Views } from '../../server/queries/tables'
import { shelve, viewsAfter } from '../support/shelf'

let views: Views
beforeAll(async () => {
  const at = '2026-11-14T11:01:17Z'
  views = await viewsAfter([
    ...shelve({ id: 'a', title: 'A', film: 'A', critic: 'Ines', publishedAt: at }),
    ...shelve({ id: 'b', title: 'B', film: 'B', critic: 'Tom', publishedAt: at }),
  ])
})
afterAll(() => views.destroy())

it.each([
  ['whom the read models know', { id: 'ines', name: 'Ines' }, 'ines'],
  ['whose first review they do not show yet', { id: 'c3', name: 'Ágota Kiss' }, 'agota-kiss'],
  ['the same with the name of another', { id: 'c4', name: 'Ines' }, 'ines-2'],
  ["the same with another's id for a name", { id: 'c5', name: 'Tom' }, 'tom-2'],
])('of one %s', async (_, critic, slug) => {
  expect((await withCriticSlug(views, { critic })).critic).toEqual({ ...critic, slug })
})
