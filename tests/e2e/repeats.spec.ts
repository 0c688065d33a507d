/** Operators' POST requests sent twice with one Idempotency-Key run once, and the second answer says so. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner } from '../support/account'
import { publish, type Published } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-repeats-'))
let server: TestServer
let owner: Caller
let review: Published
beforeAll(async () => {
  server = await startServer({ dataDir })
  owner = await makeOwner(server.url)
  review = await publish(owner)
  await server.stop()
  const app = new DatabaseSync(join(dataDir, 'app.sqlite'))
  for (const id of [901, 902, 903, 904, 905, 906]) {
    app
      .prepare(
        `INSERT INTO deliveries (id, reactor, event_id, position, review_id, type, recipient, state, reason, attempts, due_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, 'ReviewPublished', ?, 'dead', '418', 8, 1, 1, 1)`,
      )
      .run(
        id,
        id < 905 ? 'push' : 'email',
        review.event.id,
        review.event.position,
        review.id,
        `r${id}`,
      )
  }
  app.close()
  // Nothing sends here, so requested changes stay as they were requested.
  server = await startServer({ dataDir, port: server.port, env: { NUXT_ROLE: 'web' } })
})
afterAll(async () => {
  await server.kill()
  rmSync(dataDir, { recursive: true })
})

/** Path, body, the first answer, and the dead letter that a second run would touch. */
it.each<[string, () => string, object, object, number?]>([
  [
    'redrive of a dead letter',
    () => '/api/dead-letters/901/redrive',
    {},
    { id: 901, state: 'retry' },
    901,
  ],
  [
    'skip of a dead letter',
    () => '/api/dead-letters/902/skip',
    { reason: 'known' },
    { id: 902, state: 'suppressed' },
    902,
  ],
  [
    'redrive of a review',
    () => `/api/reviews/${review.id}/redrive`,
    { part: 'email' },
    { part: 'email', again: 2 },
    905,
  ],
  ['pause', () => '/api/parts/push/pause', {}, { name: 'push', paused: true }],
  ['resume', () => '/api/parts/push/resume', {}, { name: 'push', paused: false }],
  ['hold', () => `/api/reviews/${review.id}/hold`, {}, { held: 1 }],
  // The row that was held names nobody who subscribed.
  ['send now', () => `/api/reviews/${review.id}/send-now`, {}, { released: 0 }],
  ['replay', () => '/api/parts/email/replay', { from: 1 }, { planned: 0, alreadyTold: 0 }],
  ['retry of what is parked', () => '/api/parts/email/retry-parked', {}, { planned: 0, parked: 0 }],
])('%s', async (name, path, body, said, row) => {
  const headers = { 'idempotency-key': name.replaceAll(' ', '-') }
  const first = await owner(path(), { body, headers })
  expect(first).toMatchObject({ status: 200, body: said })
  expect(first.headers.get('idempotency-replayed')).toBeNull()
  if (row) fell(row)
  const second = await owner(path(), { body, headers })
  expect(second).toMatchObject({ status: 200, body: first.body })
  expect(second.headers.get('idempotency-replayed')).toBe('true')
  if (row) expect(stateOf(row), 'not done a second time').toBe('dead')
  expect(
    (await owner(path(), { body, headers: { 'idempotency-key': 'x'.repeat(256) } })).status,
  ).toBe(400)
})

it.each([
  ['skip', '/api/dead-letters/903/skip', { reason: 'known' }, { reason: 'another' }],
  ['replay', '/api/parts/email/replay', { from: 1, dryRun: true }, { from: 1, dryRun: false }],
])('%s with the same key and another body is refused', async (_, path, body, other) => {
  const headers = { 'idempotency-key': `other-${path}` }
  expect((await owner(path, { body, headers })).status).toBe(200)
  expect(await owner(path, { body: other, headers })).toMatchObject({
    status: 422,
    body: { title: 'The Idempotency-Key was used before' },
  })
})

it.each(['/api/dead-letters/904/redrive', '/api/parts/push/pause', '/api/parts/push/resume'])(
  '%s takes nothing in its body',
  async path => {
    expect((await owner(path, { body: { all: true } })).status).toBe(422)
    expect(
      (await owner(path, { body: '{', headers: { 'content-type': 'application/json' } })).status,
    ).toBe(400)
  },
)

const stateOf = (id: number) =>
  query(
    app =>
      (app.prepare('SELECT state FROM deliveries WHERE id = ?').get(id) as { state: string }).state,
  )
/** As if it had been given up again in the meantime. */
const fell = (id: number) =>
  query(app => app.prepare(`UPDATE deliveries SET state = 'dead' WHERE id = ?`).run(id))

function query<T>(run: (app: DatabaseSync) => T): T {
  const app = new DatabaseSync(join(dataDir, 'app.sqlite'), { timeout: 5000 })
  try {
    return run(app)
  } finally {
    app.close()
  }
}
