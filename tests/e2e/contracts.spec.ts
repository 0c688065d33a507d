/** What a running server answers is what it announces: each answer validates against the schema of its route. */
import Ajv2020 from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import type { CloudEvent } from 'cloudevents'
import { HTTP } from 'cloudevents'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, caller, makeOwner } from '../support/account'
import { closed, schemaOf } from '../support/announced'
import type { Json } from '../support/json'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let anybody: Caller
let owner: Caller
let openApi: Json

beforeAll(async () => {
  server = await startServer({ env: { NUXT_SEED: 'true' } })
  anybody = caller(server.url)
  owner = await makeOwner(server.url)
  openApi = (await anybody('/openapi.json')).body
  await livedReview()
})
afterAll(() => server?.kill())

/** One review goes through everything that can happen to a review. */
async function livedReview(): Promise<void> {
  const { id } = (
    await owner('/api/reviews', {
      body: {
        title: 'Everyone in Vienna',
        movie: { title: 'The Third Man', year: 1949, genres: ['Thriller'] },
        rating: 4.5,
        summary: 'Carol Reed tilts the city.',
        body: '# Vienna\n\nIt is *tilted*.\n\n- one\n- [ ] two\n\n> said\n\n| a | b |\n| - | - |\n| 1 | 2 |',
      },
    })
  ).body
  for (const [command, body] of [
    ['publish', {}],
    ['fix', { summary: 'Carol Reed tilts the whole city.' }],
    ['correct', { rating: 5, note: 'The rating was a slip.' }],
    ['archive', { reason: 'A mistake.' }],
    ['restore', {}],
  ] as const)
    expect((await owner(`/api/reviews/${id}/${command}`, { body })).status).toBe(202)
}

/** `whole`: of an answer that may also have some fields only, the one with all of them is meant. */
function expectAnnounced(answer: { status: number; body: Json }, route: string, whole = true) {
  const { anyOf, components, ...rest } = closed(schemaOf(openApi, route, answer.status))
  const schema = anyOf && whole ? anyOf[0] : { anyOf, ...rest }
  const validate = ajv().compile(JSON.parse(JSON.stringify({ ...schema, components })))
  expect([route, validate(answer.body), validate.errors]).toEqual([route, true, null])
}

function ajv() {
  const made = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(made)
  return made
}

const READ = [
  ['GET /api/reviews', '/api/reviews?limit=50'],
  ['GET /api/reviews', '/api/reviews?genre=Drama&fields=title,rating'],
  ['GET /api/reviews/:id', '/api/reviews/everyone-in-vienna'],
  ['GET /api/reviews/:id', '/api/reviews/everyone-in-vienna?fields=title'],
  ['GET /api/reviews/:id', '/api/reviews/nothing'],
  ['GET /api/movies', '/api/movies'],
  ['GET /api/movies', '/api/movies?limit=2&fields=title'],
  ['GET /api/movies/:id', '/api/movies/the-third-man-1949'],
  ['GET /api/movies/:id', '/api/movies/The-Third-Man-1949'],
  ['GET /api/critics', '/api/critics'],
  ['GET /api/critics', '/api/critics?limit=1&fields=name'],
  ['GET /api/critics/:id', '/api/critics/mymovies'],
  ['GET /api/search', '/api/search?q=vienna'],
  ['GET /api/search', '/api/search?q=viena'],
  ['GET /api/events', '/api/events?limit=500'],
  ['GET /api/events', '/api/events?limit=500&shape=fat'],
  ['GET /api/events', '/api/events?limit=500&shape=pick&fields=title,movie.title,critic.name'],
  ['GET /api/events', '/api/events?after=nowhere'],
  ['GET /api/push/key', '/api/push/key'],
  ['GET /api/subscriptions/choices', '/api/subscriptions/choices'],
  ['GET /api/subscriptions/matched', '/api/subscriptions/matched?minRating=4'],
  ['GET /api/setup', '/api/setup?token=x'],
  ['GET /health', '/health'],
  ['GET /ready', '/ready'],
] as const

it.each(READ)('%s answers as announced: %s', async (route, path) => {
  expectAnnounced(await anybody(path), route, !path.includes('fields='))
})

it('GET /api/reviews/:id answers as announced of a review that was withdrawn', async () => {
  const sample = '/api/reviews/everyone-stops-for-the-cat'
  const { id } = (await anybody(sample)).body
  await owner(`/api/reviews/${id}/archive`, { body: { reason: 'Enough of it.' } })
  const answer = await anybody(sample)
  expect([answer.status, answer.body.by]).toEqual([410, 'editor'])
  expectAnnounced(answer, 'GET /api/reviews/:id')
})

const AT_THE_DESK = [
  'GET /api/alerts',
  'GET /api/dead-letters',
  'GET /api/me',
  'GET /api/me/sessions',
  'GET /api/outbox',
  'GET /api/parked',
  'GET /api/parts',
  'GET /api/people',
  'GET /api/security-log',
  'GET /api/tokens',
  'GET /api/webhooks',
] as const

it.each(AT_THE_DESK)('%s answers as announced', async route => {
  expectAnnounced(await owner(route.replace('GET ', '')), route)
})

describe('notices', () => {
  it('name the schema of what they hold', async () => {
    for (const shape of ['thin', 'fat', 'pick&fields=title,movie.title']) {
      const notices: Json[] = (await anybody(`/api/events?limit=500&shape=${shape}`)).body
      expect(notices.length).toBeGreaterThan(20)
      for (const dataschema of new Set(notices.map(notice => notice.dataschema))) {
        const { status, body, headers } = await anybody(new URL(dataschema).pathname)
        expect([status, headers.get('content-type')]).toEqual([
          200,
          'application/schema+json; charset=utf-8',
        ])
        const validate = ajv().compile(closed(body))
        for (const notice of notices.filter(one => one.dataschema === dataschema))
          expect([validate(notice.data), validate.errors]).toEqual([true, null])
      }
    }
  })

  it('are read by the SDK of CloudEvents', async () => {
    const notices: Json[] = (await anybody('/api/events?limit=500&shape=fat')).body
    for (const notice of notices) {
      const headers = { 'content-type': 'application/cloudevents+json' }
      const read = HTTP.toEvent({ headers, body: JSON.stringify(notice) }) as CloudEvent
      expect(read.validate()).toBe(true)
      expect([read.id, read.dataschema]).toEqual([notice.id, notice.dataschema])
    }
  })
})

it('a schema that nobody announced is a problem', async () => {
  const { status, body } = await anybody('/schemas/review.published.v9.json')
  expect([status, body.title]).toEqual([404, 'No such schema'])
})

it.each(['/openapi.json', '/asyncapi.json', '/schemas/review.published.v1.json'])(
  '%s may be read by scripts of other sites, and is not sent twice',
  async path => {
    const first = await anybody(path)
    expect(first.headers.get('access-control-allow-origin')).toBe('*')
    const again = await anybody(path, {
      headers: { 'if-none-match': first.headers.get('etag')! },
    })
    expect(again.status).toBe(304)
  },
)
