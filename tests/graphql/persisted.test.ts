/** Queries that are named by their hash. */
import { describe, expect, it } from 'vitest'
import { hashOf, PersistedQueries } from '../../server/graphql/persisted'

const named = (query: string) => ({
  persistedQuery: { version: 1, sha256Hash: hashOf(query) },
})

it('are known once they were sent with their hash, and not before', () => {
  const queries = new PersistedQueries()
  const query = '{ genres { name } }'
  expect(queries.textOf({ query })).toBe(query)
  expect(() => queries.textOf({ extensions: named(query) })).toThrow('PersistedQueryNotFound')
  expect(queries.textOf({ query, extensions: named(query) })).toBe(query)
  expect(queries.textOf({ extensions: named(query) })).toBe(query)
})

it('take so much memory and no more: the longest unused is forgotten', () => {
  const queries = new PersistedQueries()
  const query = (n: number) => `{ a${n}: genres { name } ${' '.repeat(15_000)}}`
  for (let n = 0; n < 300; n++) queries.textOf({ query: query(n), extensions: named(query(n)) })
  expect(() => queries.textOf({ extensions: named(query(0)) })).toThrow('PersistedQueryNotFound')
  expect(queries.textOf({ extensions: named(query(299)) })).toBe(query(299))
})

describe('a name that is none', () => {
  it.each([
    7,
    'x',
    {},
    [],
    { version: 1 },
    { version: '1', sha256Hash: hashOf('x') },
    { version: 1, sha256Hash: hashOf('x').toUpperCase() },
    { version: 1, sha256Hash: [hashOf('x')] },
    { version: 1, sha256Hash: `${hashOf('x')}0` },
  ])('%j', persistedQuery => {
    expect(() => new PersistedQueries().textOf({ extensions: { persistedQuery } })).toThrow(
      /must be/,
    )
  })

  it('is also that of another query', () => {
    const asked = { query: '{ x }', extensions: named('{ y }') }
    expect(() => new PersistedQueries().textOf(asked)).toThrow(/SHA-256/)
  })
})
