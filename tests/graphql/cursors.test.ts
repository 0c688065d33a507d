/** Pages of a connection, while others publish and archive. */
import { expect, it } from 'vitest'
import type { Views } from '../../server/queries/tables'
import { askGraphql } from '../support/graphql'
import { shelve, viewsAfter } from '../support/shelf'

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

const page = async (views: Views, args: string, list = 'reviews') => {
  const { data, errors } = await askGraphql(
    views,
    `{ ${list}(${args}) { edges { cursor node { id } } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`,
  )
  expect(errors).toBeUndefined()
  const { edges, pageInfo } = data[list]
  return { ids: edges.map((edge: { node: { id: string } }) => edge.node.id), ...pageInfo }
}

/** Every page's ids, forwards or backwards. */
async function walk(views: Views, list: string, size: 'first' | 'last') {
  const pages: string[][] = []
  for (let at = await page(views, `${size}: 3`, list); ;) {
    pages.push(at.ids)
    if (size === 'first' ? !at.hasNextPage : !at.hasPreviousPage) return pages
    const place = size === 'first' ? `after: "${at.endCursor}"` : `before: "${at.startCursor}"`
    at = await page(views, `${size}: 3, ${place}`, list)
  }
}

const library = (size: number) =>
  range(0, size).flatMap(n =>
    shelve({
      id: `r${n}`,
      title: `Review ${n}`,
      // Two films of one title, and titles whose article does not count.
      film: ['Zoo', 'The Apartment', 'A Bout', 'Élan', 'Zoo', 'apples', 'Brazil'][n % 7]!,
      year: 1950 + (n % 7),
      critic: `Critic ${n % 5}`,
      publishedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, n >> 1)).toISOString(),
    }),
  )

it.each(['reviews', 'movies', 'critics'])('%s: each once, forwards and backwards', async list => {
  const views = await viewsAfter(library(23))
  const { ids } = await page(views, 'first: 100', list)
  expect(new Set(ids).size).toBe(ids.length)
  expect((await walk(views, list, 'first')).flat()).toEqual(ids)
  expect((await walk(views, list, 'last')).reverse().flat()).toEqual(ids)
})

it('reviews go on where they were, although some were published and the last one read was archived', async () => {
  const before = await viewsAfter(library(10))
  const first = await page(before, 'first: 4')
  const after = await viewsAfter([
    ...library(14),
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

it('critics keep their places in a walk during which they publish', async () => {
  const before = await viewsAfter(library(10))
  const all = (await page(before, 'first: 100', 'critics')).ids
  const first = await page(before, 'first: 2', 'critics')
  const after = await viewsAfter([
    ...library(10),
    ...shelve({
      id: 'new',
      title: 'New',
      film: 'New',
      critic: 'Critic 0',
      publishedAt: '2026-03-01T00:00:00Z',
    }),
  ])
  const rest = await page(after, `first: 100, after: "${first.endCursor}"`, 'critics')
  expect([...first.ids, ...rest.ids]).toEqual(all)
})

it('films that come in meanwhile move no other', async () => {
  const before = await viewsAfter(library(3))
  const first = await page(before, 'first: 1', 'movies')
  const after = await viewsAfter(library(7))
  const rest = await page(after, `first: 100, after: "${first.endCursor}"`, 'movies')
  const all = (await page(after, 'first: 100', 'movies')).ids
  expect(rest.ids).toEqual(all.slice(all.indexOf(first.ids[0]) + 1))
})

it.each(['reviews', 'movies', 'critics'])('%s begin at an empty cursor, or at none', async list => {
  const views = await viewsAfter(library(9))
  const { ids } = await page(views, 'first: 2', list)
  for (const args of ['first: 2, after: ""', 'first: 2, after: null, before: ""'])
    expect((await page(views, args, list)).ids).toEqual(ids)
})

it.each(['reviews', 'movies', 'critics'])('%s refuse the cursor of another list', async list => {
  const views = await viewsAfter(library(3))
  const other = await page(views, 'first: 1', list === 'reviews' ? 'movies' : 'reviews')
  for (const field of ['after', 'before']) {
    const { errors } = await askGraphql(
      views,
      `{ ${list}(${field}: "${other.endCursor}") { nodes { id } } }`,
    )
    expect(errors).toEqual([`${field} must be the cursor of an earlier answer.`])
  }
})
