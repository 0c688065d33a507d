/** Pages of a connection, while others publish and archive. */
import { expect, it } from 'vitest'
import type { Views } from '../../server/queries/tables'
import { askGraphql } from '../support/graphql'
import { shelve, viewsAfter } from '../support/shelf'

const shelved = (ids: number[]) =>
  ids.flatMap(n =>
    shelve({
      id: `r${n}`,
      title: `Review ${n}`,
      film: 'Film',
      // Two by two in the same second.
      publishedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, n >> 1)).toISOString(),
    }),
  )
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

const page = async (views: Views, args: string) => {
  const { data, errors } = await askGraphql(
    views,
    `{ reviews(${args}) { edges { cursor node { id } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`,
  )
  expect(errors).toBeUndefined()
  const { edges, pageInfo } = data.reviews
  return { ids: edges.map((edge: { node: { id: string } }) => edge.node.id), ...pageInfo }
}

it('has every review once, forwards and backwards', async () => {
  const views = await viewsAfter(shelved(range(0, 10)))
  const all = (await page(views, 'first: 100')).ids
  const forwards: string[] = []
  for (let at = await page(views, 'first: 3'); ;) {
    forwards.push(...at.ids)
    if (!at.hasNextPage) break
    at = await page(views, `first: 3, after: "${at.endCursor}"`)
  }
  expect(forwards).toEqual(all)
  const backwards: string[] = []
  for (let at = await page(views, 'last: 3'); ;) {
    backwards.unshift(...at.ids)
    if (!at.hasPreviousPage) break
    at = await page(views, `last: 3, before: "${at.startCursor}"`)
  }
  expect(backwards).toEqual(all)
})

it('goes on where it was although reviews were published and the last one read was archived', async () => {
  const before = await viewsAfter(shelved(range(0, 10)))
  const first = await page(before, 'first: 4')
  const after = await viewsAfter([
    ...shelved(range(0, 14)),
    {
      type: 'ReviewArchived',
      data: { id: first.ids[3], reason: 'Wrong.', archivedAt: '2026-02-01T00:00:00Z' },
    },
  ])
  const second = await page(after, `first: 100, after: "${first.endCursor}"`)
  expect([...first.ids, ...second.ids].sort()).toEqual(range(0, 10).map(n => `r${n}`))
  const newer = await page(after, `last: 100, before: "${first.startCursor}"`)
  expect(newer.ids).toHaveLength(4)
})
