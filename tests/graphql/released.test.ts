/** What was released at /graphql goes on working. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, findBreakingChanges } from 'graphql'
import { describe, expect, it } from 'vitest'
import { printedSchema } from '../../server/graphql/printed-schema'

const released = readFileSync(join(import.meta.dirname, 'released.graphql'), 'utf8')
const breaking = (from: string, to: string) =>
  findBreakingChanges(buildSchema(from), buildSchema(to)).map(({ description }) => description)

it('the schema breaks nothing that was released', () => {
  expect(
    breaking(released, printedSchema()),
    'clients rely on this: keep it, mark it with deprecationReason, and add the new beside it',
  ).toEqual([])
})

it('the released schema is the newest one', () => {
  expect(released, 'copy what GET /schema.graphql answers to tests/graphql/released.graphql').toBe(
    printedSchema(),
  )
})

describe('a break is noticed', () => {
  it.each([
    ['a field that is gone', '  title: String!\n', ''],
    ['another type', 'rating: Float!', 'rating: Int!'],
    ['a field that may be null now', '  slug: String!', '  slug: String'],
    ['a new required argument', 'genre: String', 'genre: String!'],
  ])('%s', (_, before, after) => {
    expect(released).toContain(before)
    expect(breaking(released, released.replace(before, after)).length).toBeGreaterThan(0)
  })
})
