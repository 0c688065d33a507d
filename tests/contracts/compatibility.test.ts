/**
 * What is announced now still serves whoever relies on what was released. To release: raise CONTRACT_VERSION, then
 * RELEASE_CONTRACT=1 npx vitest run tests/contracts/compatibility.test.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asyncApi } from '../../server/contracts/asyncapi'
import { openApi } from '../../server/contracts/openapi'
import { schemaFile, schemaNames } from '../../server/contracts/schema-files'
import { CONTRACT_VERSION } from '../../server/contracts/version'
import { anchorOf, PROBLEMS, type ProblemTitle } from '../../shared/problems'
import { breakingChanges, type Contract } from '../support/contract-changes'
import type { Json } from '../support/json'

const SITE = 'https://films.example'
const file = join(import.meta.dirname, 'released/contract.json')

const announced = JSON.stringify({
  version: CONTRACT_VERSION,
  openapi: openApi(SITE, 'a-cookie'),
  channels: Object.keys(asyncApi(SITE).channels),
  messages: Object.keys(asyncApi(SITE).components.messages),
  schemas: Object.fromEntries(schemaNames().map(name => [name, schemaFile(SITE, name)])),
  problems: (Object.keys(PROBLEMS) as ProblemTitle[]).map(anchorOf),
} satisfies Contract)
const current = (): Contract => JSON.parse(announced)

/** Without descriptions, which may change at any time. */
const withoutWords = (key: string, value: unknown) =>
  ['description', 'summary', 'title'].includes(key) && typeof value === 'string' ? undefined : value

/** A line for each route and each schema. */
const inFewLines = (json: string) =>
  `${json.replaceAll(/\n {3,}/g, '').replaceAll(/\n {2}[\]}]/g, end => end.trim())}\n`

const released: Contract = JSON.parse(readFileSync(file, 'utf8'))

const major = (version: string) => Number(version.split('.')[0])

it('breaks nothing that was released, or is a new version', () => {
  const isNewVersion = major(CONTRACT_VERSION) > major(released.version)
  expect(
    isNewVersion ? [] : breakingChanges(released, current()),
    'Outsiders rely on this. Keep what was released and add the new beside it (another field, another route, another version of the event such as review.published.v2); if it must go, raise the first number of CONTRACT_VERSION in server/contracts/version.ts and release it, as the head of this test says.',
  ).toEqual([])
  if (process.env.RELEASE_CONTRACT)
    writeFileSync(file, inFewLines(JSON.stringify(current(), withoutWords, 1)))
})

/** Changes that somebody could make, and what the test would say. */
const BREAKS: [string, (contract: Contract) => void, RegExp][] = [
  [
    'a field of an answer is removed',
    ({ openapi }) => delete openapi.components.schemas.ListedReview.properties.summary,
    /GET \/api\/reviews, 200: items\[\]\.summary is gone/,
  ],
  [
    'a field of an answer is retyped',
    ({ openapi }) => (openapi.components.schemas.ListedReview.properties.rating.type = 'string'),
    /items\[\]\.rating was number and is string/,
  ],
  [
    'a field of an answer may be null',
    ({ openapi }) => {
      const { properties } = openapi.components.schemas.ListedReview
      properties.summary = { anyOf: [properties.summary, { type: 'null' }] }
    },
    /items\[\]\.summary can be null now/,
  ],
  [
    'a field of an answer may be absent',
    ({ openapi }) => openapi.components.schemas.ListedReview.required.splice(0, 1),
    /items\[\]\.id may be absent now/,
  ],
  [
    'a route is removed',
    ({ openapi }) => delete openapi.paths['/api/search'],
    /GET \/api\/search is gone/,
  ],
  [
    'a parameter is removed',
    ({ openapi }) => void openapi.paths['/api/reviews'].get.parameters.shift(),
    /GET \/api\/reviews, query \w+ is gone/,
  ],
  [
    'a new parameter is required',
    ({ openapi }) =>
      openapi.paths['/api/search'].get.parameters.push({
        name: 'key',
        in: 'query',
        required: true,
        schema: { type: 'string' },
      }),
    /GET \/api\/search, query key is required now/,
  ],
  [
    'a new field of a body is required',
    ({ openapi }) => bodyOf(openapi, '/api/reviews').required.push('summary'),
    /POST \/api\/reviews, body: summary is required now/,
  ],
  [
    'a body takes a value no more',
    ({ openapi }) => bodyOf(openapi, '/api/webhooks').properties.shape.enum.shift(),
    /POST \/api\/webhooks, body: shape takes no thin any more/,
  ],
  [
    'a limit is tighter',
    ({ openapi }) => (bodyOf(openapi, '/api/reviews').properties.title.maxLength = 100),
    /body: title has another maxLength now: 100/,
  ],
  [
    'a public route asks who you are',
    ({ openapi }) => (openapi.paths['/api/reviews'].get.security = [{ token: [] }]),
    /GET \/api\/reviews may no longer be called by anybody/,
  ],
  [
    'an answer has another type',
    ({ openapi }) => {
      const { content } = openapi.paths['/api/events'].get.responses['200']
      content['application/json'] = content['application/cloudevents-batch+json']
      delete content['application/cloudevents-batch+json']
    },
    /GET \/api\/events, 200 is no longer application\/cloudevents-batch\+json/,
  ],
  [
    'a field of a notice is removed',
    ({ schemas }) => delete schemas['review.published.v1.fat.json']!.$defs.Review.properties.title,
    /review\.published\.v1\.fat\.json: title is gone/,
  ],
  [
    'an event is removed',
    ({ schemas }) => delete schemas['review.fixed.v1.thin.json'],
    /the schema review\.fixed\.v1\.thin\.json is gone/,
  ],
  [
    'an event has another name',
    ({ messages }) => {
      messages[messages.indexOf('com.mymovies.review.fixed.v1')] = 'com.mymovies.review.edited.v1'
    },
    /the message com\.mymovies\.review\.fixed\.v1 is gone/,
  ],
  [
    'a kind of problem is removed',
    ({ problems }) => void problems.splice(problems.indexOf('no-such-review'), 1),
    /the problem no-such-review is gone/,
  ],
]

const bodyOf = (openapi: Json, path: string): Json =>
  openapi.paths[path].post.requestBody.content['application/json'].schema

describe('would be red when', () => {
  it.each(BREAKS)('%s', (_, change, says) => {
    const changed = current()
    change(changed)
    expect(breakingChanges(current(), changed).join('\n')).toMatch(says)
  })
})

/** Changes that nobody trips over. */
const ADDITIONS: [string, (contract: Contract) => void][] = [
  [
    'a field of an answer is added',
    ({ openapi }) => (openapi.components.schemas.ListedReview.properties.mood = { type: 'string' }),
  ],
  [
    'a field of a body is added',
    ({ openapi }) => (bodyOf(openapi, '/api/reviews').properties.mood = { type: 'string' }),
  ],
  [
    'a body takes one more value',
    ({ openapi }) => bodyOf(openapi, '/api/webhooks').properties.shape.enum.push('fatter'),
  ],
  [
    'a route is added',
    ({ openapi }) => (openapi.paths['/api/more'] = openapi.paths['/api/search']),
  ],
  [
    'another version of an event is added',
    ({ schemas }) =>
      (schemas['review.published.v2.fat.json'] = schemas['review.published.v1.fat.json']!),
  ],
]

describe('stays green when', () => {
  it.each(ADDITIONS)('%s', (_, change) => {
    const changed = current()
    change(changed)
    expect(breakingChanges(current(), changed)).toEqual([])
  })
})
