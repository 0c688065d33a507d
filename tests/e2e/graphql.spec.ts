/** GraphQL over HTTP on the built server: how it is asked, what is kept, and what bad input gets. */
import { createHash } from 'node:crypto'
import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { printedSchema } from '../../server/graphql/printed-schema'
import { type Call, type Caller, caller, makeOwner } from '../support/account'
import { publish, type Published } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let owner: Caller
let ask: Caller
let review: Published
beforeAll(async () => {
  server = await startServer()
  owner = await makeOwner(server.url)
  ask = caller(server.url)
  review = await publish(owner)
})
afterAll(() => server.stop())

const post = (query: unknown, others: object = {}, call: Call = {}) =>
  ask('/graphql', { body: { query, ...others }, ...call })
const get = (params: Record<string, unknown>, headers: Record<string, string> = {}) =>
  ask(
    `/graphql?${new URLSearchParams(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    )}`,
    { headers },
  )
const hash = (query: string) => createHash('sha256').update(query).digest('hex')
const named = (query: string) => ({ persistedQuery: { version: 1, sha256Hash: hash(query) } })
const OWN_TYPE = { accept: 'application/graphql-response+json' }

describe('a query', () => {
  it('has the review that the REST API has', async () => {
    const { body } = await ask(`/api/reviews/${review.id}`)
    const { id, slug, url, title, rating, summary, publishedAt } = body
    const answer = await post(
      'query ($id: ID!) { review(id: $id) { id slug url title rating summary publishedAt body critic { id name slug } movie { id title year } } }',
      { variables: { id: review.slug } },
    )
    expect(answer.status).toBe(200)
    expect(answer.body).toEqual({
      data: {
        review: {
          ...{ id, slug, url, title, rating, summary, publishedAt },
          body: body.body,
          critic: body.critic,
          movie: { id: body.movie.id, title: body.movie.title, year: body.movie.year },
        },
      },
    })
  })

  it('is answered in the media type that is asked for', async () => {
    for (const [accept, type] of [
      ['*/*', 'application/json'],
      ['application/json', 'application/json'],
      ['application/graphql-response+json, application/json;q=0.9', OWN_TYPE.accept],
      ['image/png', 'application/json'],
    ]) {
      const { headers } = await post('{ genres { name } }', {}, { headers: { accept: accept! } })
      expect([accept, headers.get('content-type')]).toEqual([accept, `${type}; charset=utf-8`])
    }
  })

  it('may come from a page of another site, which asks first', async () => {
    const before = await ask('/graphql', { method: 'OPTIONS' })
    expect(before.status).toBe(204)
    expect(before.headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST')
    expect((await post('{ genres { name } }')).headers.get('access-control-allow-origin')).toBe('*')
  })

  it('may be the one with which tools read the schema', async () => {
    const { status, body } = await post(getIntrospectionQuery())
    expect([status, body.errors]).toEqual([200, undefined])
    expect(body.data.__schema.mutationType).toBeNull()
  })
})

it('the schema is there to be read', async () => {
  const { status, headers, body } = await ask('/schema.graphql')
  expect([status, headers.get('content-type')]).toEqual([200, 'application/graphql; charset=utf-8'])
  expect(headers.get('etag')).toBeTruthy()
  expect(body).toBe(printedSchema())
})

describe('a GET', () => {
  const QUERY = '{ reviews(first: 5) { nodes { id title } } }'

  it('is kept until something is published, and known by its tag', async () => {
    const first = await get({ query: QUERY })
    expect(first.headers.get('cache-control')).toContain('public')
    expect(first.headers.get('cache-tag')).toBe('graphql')
    expect(first.headers.get('vary')).toContain('accept')
    const etag = first.headers.get('etag')!
    expect((await get({ query: QUERY }, { 'if-none-match': etag })).status).toBe(304)
    const next = await publish(owner, { movie: { title: 'Ikiru', year: 1952, genres: ['Drama'] } })
    const after = await get({ query: QUERY }, { 'if-none-match': etag })
    expect(after.status).toBe(200)
    expect(after.body.data.reviews.nodes[0].id).toBe(next.id)
  })

  it('can name a query by its hash once it has been sent', async () => {
    const query = `{ reviews(first: 3) { nodes { id slug } } }`
    const unknown = await get({ extensions: named(query) })
    expect(unknown.body.errors).toEqual([
      { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ])
    expect(unknown.headers.get('cache-control')).toBe('no-store')
    const sent = await get({ query, extensions: named(query) })
    const known = await get({ extensions: named(query) })
    expect(known.body).toEqual(sent.body)
    expect(known.headers.get('etag')).toBe(sent.headers.get('etag'))
    expect((await post(undefined, { extensions: named(query) })).body).toEqual(sent.body)
    const variables = { n: 1 }
    const other = 'query ($n: Int) { reviews(first: $n) { nodes { id } } }'
    await post(other, { variables, extensions: named(other) })
    const one = await get({ extensions: named(other), variables })
    expect(one.body.data.reviews.nodes).toHaveLength(1)
  })

  it('with an error is not kept', async () => {
    const answer = await get({ query: '{ reviews(genre: "Opera") { nodes { id } } }' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('of a browser that only visits leads to the documentation', async () => {
    const { status, headers } = await get({}, { accept: 'text/html,*/*;q=0.8' })
    expect([status, headers.get('location')]).toEqual([303, '/developers#graphql'])
  })
})

describe('an archived review', () => {
  it('is gone with its reason, and from every list and hash', async () => {
    const gone = await publish(owner, { movie: { title: 'Cats', year: 2019, genres: ['Musical'] } })
    const query = '{ reviews { nodes { id } } movie(id: "cats-2019") { title } }'
    const before = await get({ query, extensions: named(query) })
    expect(before.body.data.movie).toEqual({ title: 'Cats' })
    await owner(`/api/reviews/${gone.id}/archive`, { body: { reason: 'The wrong cut.' } })
    const after = await get({ extensions: named(query) })
    expect(after.body.data.movie).toBeNull()
    expect(JSON.stringify(after.body)).not.toContain(gone.id)
    const { body } = await post(`{ review(id: "${gone.id}") { title body } }`)
    expect(body).toEqual({
      data: { review: null },
      errors: [
        {
          message: 'The wrong cut.',
          path: ['review'],
          locations: [{ line: 1, column: 3 }],
          extensions: expect.objectContaining({
            code: 'GONE',
            status: 410,
            title: 'This review was withdrawn',
            withdrawn: true,
            headline: 'On Cats',
          }),
        },
      ],
    })
  })

  it('is as unknown as a draft if it was never published', async () => {
    const draft = await owner('/api/reviews', {
      body: { title: 'A secret', movie: { title: 'Secret' }, rating: 1, summary: 's', body: 'b' },
    })
    const { body } = await post(
      `{ review(id: "${draft.body.id}") { id } search(q: "secret") { items { review { id } } } }`,
    )
    expect(body).toEqual({ data: { review: null, search: { items: [] } } })
  })
})

const aliases = (count: number) =>
  `{ ${Array.from({ length: count }, (_, i) => `a${i}: genres { name }`).join(' ')} }`
const deep = `{ reviews { nodes { ${'movie { reviews { nodes { '.repeat(16)} id ${' } } }'.repeat(16)} } } }`

describe('bad input', () => {
  it.each<[string, unknown, number, RegExp]>([
    ['a megabyte', { query: 'x'.repeat(1 << 20) }, 413, /at most 262144 bytes/],
    ['200 kB', { query: 'x'.repeat(200_000) }, 400, /at most 20000 characters/],
    ['50 deep', { query: deep }, 400, /at most 16 fields deep/],
    ['500 aliases', { query: aliases(500) }, 400, /at most 500 fields/],
    ['a circle', { query: '{ ...a } fragment a on Query { ...a }' }, 400, /spreads itself/],
    [
      'too dear',
      {
        query:
          '{ reviews(first: 100) { nodes { movie { reviews(first: 100) { nodes { id } } } } } }',
      },
      400,
      /at most 5000 points/,
    ],
    ['no GraphQL', { query: '{ reviews {' }, 400, /Syntax Error/],
    ['an unknown field', { query: '{ readers { email } }' }, 400, /Cannot query field/],
    ['a mutation', { query: 'mutation { publish }' }, 400, /not configured to execute mutation/],
    ['no query', {}, 400, /Must provide query/],
    ['a query that is a number', { query: 5 }, 400, /query.* param to be a string/],
    ['a list', [{ query: '{ genres { name } }' }], 400, /[Bb]atch/],
    ['null', 'null', 400, /object/],
    ['a text', '"x"', 400, /object/],
    ['broken JSON', '{"query":', 400, /not valid JSON/],
    ['half a character', '{"query":"\\ud800"}', 422, /half a character/],
    ['variables in a list', { query: '{ genres { name } }', variables: [] }, 400, /variables/],
    ['extensions in a text', { query: '{ genres { name } }', extensions: 'x' }, 400, /extensions/],
    [
      'variables 100,000 deep, in a text',
      `{"query":"{ x }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
      400,
      /Cannot query field/,
    ],
    ['an unknown parameter', { query: '{ genres { name } }', id: 1 }, 400, /Unexpected parameter/],
    [
      'an unknown operation',
      { query: '{ genres { name } }', operationName: 'x' },
      400,
      /what operation/,
    ],
    [
      'an operation that is a number',
      { query: '{ genres { name } }', operationName: 5 },
      400,
      /what operation/,
    ],
    [
      'an operation that is an object',
      { query: '{ genres { name } }', operationName: {} },
      400,
      /what operation/,
    ],
    [
      'two operations',
      { query: 'query a { genres { name } } query b { genres { name } }' },
      400,
      /what operation/,
    ],
    [
      'a wrong variable',
      { query: 'query ($n: Int!) { reviews(first: $n) { nodes { id } } }', variables: { n: 'x' } },
      400,
      /\$n/,
    ],
    [
      'a missing variable',
      { query: 'query ($n: Int!) { reviews(first: $n) { nodes { id } } }' },
      400,
      /\$n/,
    ],
    [
      'a hash of something else',
      { query: '{ genres { name } }', extensions: named('{ x }') },
      400,
      /SHA-256/,
    ],
    [
      'a hash that is none',
      { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
      400,
      /persistedQuery must be/,
    ],
    [
      'a persisted query that is a number',
      { extensions: { persistedQuery: 7 } },
      400,
      /persistedQuery must be/,
    ],
    [
      'the next version of hashes',
      { extensions: { persistedQuery: { version: 2, sha256Hash: hash('x') } } },
      400,
      /persistedQuery must be/,
    ],
    ['__proto__', '{"__proto__":{"query":"{ genres { name } }"}}', 400, /Unexpected parameter/],
  ])('%s', async (_, body, status, message) => {
    for (const accept of ['*/*', OWN_TYPE.accept]) {
      const before = performance.now()
      const answer = await ask('/graphql', { body, method: 'POST', headers: { accept } })
      expect(performance.now() - before).toBeLessThan(3000)
      expect([answer.status, JSON.stringify(answer.body)]).toEqual([
        status,
        expect.stringMatching(message),
      ])
      expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\.m?js:|stacktrace/)
    }
  })

  it.each([
    ['query={genres{name}}&variables={', /variables must be JSON/],
    ['query={genres{name}}&extensions=x', /extensions must be JSON/],
    ['variables={}', /Must provide query/],
    ['query=subscription{x}', /x/],
  ])('in an address: %s', async (query, message) => {
    const answer = await ask(`/graphql?${query}`)
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).toMatch(message)
  })

  it('in another content type, method or coding', async () => {
    const call = { body: 'query={genres{name}}', headers: { 'content-type': 'text/plain' } }
    expect((await ask('/graphql', call)).status).toBe(415)
    expect((await ask('/graphql', { method: 'PUT' })).status).toBe(405)
    const zipped = { body: '{}', headers: { 'content-encoding': 'gzip' } }
    expect((await ask('/graphql', zipped)).status).toBe(415)
  })

  it('in names that JavaScript has for itself is just names', async () => {
    const query = '{ __proto__: genres { constructor: name } toString: genres { valueOf: name } }'
    const { status, body } = await post(query, { variables: JSON.parse('{"__proto__":{"a":1}}') })
    expect(status).toBe(200)
    expect(Object.keys(body.data)).toEqual(['__proto__', 'toString'])
  })

  it('leaves the server as it was', async () => {
    expect((await ask('/ready')).status).toBe(200)
    expect(server.output()).not.toContain('POST /graphql')
  })
})
