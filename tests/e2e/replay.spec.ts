/** A part that was not there when reviews were published gets them afterwards, by a replay or, if it could not process them, by a retry. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, makeOwner, OWNER } from '../support/account'
import { alive, atTheDesk } from '../support/desk'
import { publish, type Published } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-replay-'))
const SOON = { timeout: 15_000 }
const REASON = 'wants is not iterable'
let server: TestServer
let owner: Caller
let out: Published
let more: Published
let archived: Published
let silent: Published
let stuck: Published

const letIn = (...emails: string[]) =>
  owner('/api/readers/import', {
    body: emails
      .map(email => JSON.stringify({ email, confirmedAt: '2026-01-01T00:00:00Z' }))
      .join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  })
const film = (title: string) => ({ movie: { title, year: 1950, genres: ['Drama'] } })
const planned = async ({ id }: Pick<Published, 'id'>): Promise<number> =>
  (await owner(`/api/reviews/${id}/deliveries`)).body.parts.find(
    (part: { part: string }) => part.part === 'email',
  )?.planned ?? 0
/** "READER: FILM" of each email. */
const told = async () =>
  (await owner('/api/outbox')).body.items
    .map(
      ({ to, subject }: { to: string; subject: string }) =>
        `${to.split('@')[0]}: ${/: (.*) \(/.exec(subject)![1]}`,
    )
    .toSorted() as string[]
const replay = async (body: object) => (await owner('/api/parts/email/replay', { body })).body
const parked = async () => (await owner('/api/parked')).body.items

beforeAll(async () => {
  server = await startServer({ dataDir, env: { NUXT_REACTORS: 'push' } })
  owner = await makeOwner(server.url)
  await letIn('early@example.com', 'first@example.com')
  out = await publish(owner, film('Out'))
  archived = await publish(owner, film('Withdrawn'))
  await owner(`/api/reviews/${archived.id}/archive`, {
    body: { reason: 'It was about another film.' },
  })
  const {
    body: { id },
  } = await owner('/api/reviews', {
    body: { title: 'Hush', ...film('Silent'), rating: 4, summary: 'Seen twice.', body: 'Hush.' },
  })
  silent = (await owner(`/api/reviews/${id}/publish`, { body: { parts: { email: false } } })).body
  more = await publish(owner, film('More'))
  stuck = await publish(owner, film('Stuck'))
  const correction = (
    await owner(`/api/reviews/${stuck.id}/correct`, { body: { rating: 4, note: 'Four.' } })
  ).body
  await letIn('late@example.com')
  await server.stop()
  parkAt(
    'app.sqlite',
    'INSERT INTO parked (consumer, position, review_id, reason, at) VALUES (?, ?, ?, ?, 0)',
    ['email', stuck.event.position, stuck.id, REASON],
    ['email', correction.event.position, stuck.id, 'waits behind it'],
  )
  parkAt(
    'views.sqlite',
    'INSERT INTO parked (projection, position, review_id, reason) VALUES (?, ?, ?, ?)',
    ['search_v0', out.event.position, out.id, 'no words'],
  )
  server = await startServer({ dataDir, port: server.port })
})
afterAll(async () => {
  await server.kill()
  rmSync(dataDir, { recursive: true })
})

/** As an earlier build with a bug would have left it. */
function parkAt(file: string, statement: string, ...rows: (string | number)[][]) {
  const db = new DatabaseSync(join(dataDir, file))
  for (const row of rows) db.prepare(statement).run(...row)
  db.close()
}

it('a new part sends nothing about earlier events', async () => {
  await expect
    .poll(
      async () =>
        (await owner('/api/parts')).body.items.find(
          (part: { name: string }) => part.name === 'email',
        ),
      SOON,
    )
    .toMatchObject({ state: 'Following', lag: 0 })
  expect([await planned(out), await planned(more), await planned(stuck), await told()]).toEqual([
    0,
    0,
    0,
    [],
  ])
})

describe('an event that a part could not process', () => {
  const retry = (body: unknown, part = 'email') =>
    owner(`/api/parts/${part}/retry-parked`, { body })

  it.each([
    ['an unknown part', {}, 'pigeons', 404],
    ['a read model', {}, 'latest_reviews', 404],
    ['a review that is a number', { reviewId: 7 }, 'email', 422],
    ['a review without a name', { reviewId: '' }, 'email', 422],
    ['something else besides', { from: 1 }, 'email', 422],
    ['no object', [], 'email', 422],
  ])('is not tried again for %s', async (_, body, part, status) => {
    expect((await retry(body, part)).status).toBe(status)
    expect(await parked()).toHaveLength(2)
  })

  it('needs the rights of an operator', async () => {
    const { status } = await fetch(`${server.url}/api/parked`)
    expect([
      status,
      (await fetch(`${server.url}/api/parts/email/retry-parked`, { method: 'POST' })).status,
    ]).toEqual([401, 401])
  })

  it('is listed with its reason and what is waiting behind it', async () => {
    expect(await parked()).toMatchObject([
      {
        kind: 'reactor',
        part: 'email',
        reviewId: stuck.id,
        title: 'On Stuck',
        type: 'ReviewPublished',
        position: stuck.event.position,
        reason: REASON,
        behind: 1,
      },
      { kind: 'projection', part: 'search', reviewId: out.id, reason: 'no words', behind: 0 },
    ])
  })

  it('is retried at the press of a button, and its readers are notified', async () => {
    const page = await atTheDesk(server.url, OWNER)
    await page.goto(`${server.url}/editor/parts`)
    await alive(page)
    const rows = page.getByRole('table', { name: 'Blocked events' }).getByRole('row')
    expect(await rows.filter({ hasText: 'On Stuck' }).textContent()).toMatch(
      /Email[\s\S]*A review is published[\s\S]*wants is not iterable\. 1 later event waits behind it/,
    )
    expect(await rows.filter({ hasText: 'On Out' }).textContent()).toContain('Needs a rebuild')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)])).toEqual([])
    await rows
      .filter({ hasText: 'On Stuck' })
      .getByRole('button', { name: /^Try again.*On Stuck by Email$/ })
      .click()
    await expect.poll(() => rows.filter({ hasText: 'On Stuck' }).count(), SOON).toBe(0)
    await expect.poll(told, SOON).toEqual(['early: Stuck', 'first: Stuck'])
    expect((await retry({})).body).toEqual({ planned: 0, parked: 0 })
  })
})

it('a replay plans what its dry run listed: public reviews, for readers who had joined by then, unless the critic had switched the part off', async () => {
  const from = out.event.position
  const dry = await replay({ from, dryRun: true })
  expect(dry).toEqual({
    count: 4,
    skipped: 2,
    items: [out, more].map(({ id }, i) => ({
      reviewId: id,
      title: ['On Out', 'On More'][i],
      type: 'ReviewPublished',
      recipients: 2,
    })),
  })
  expect([await planned(out), await planned(more)]).toEqual([0, 0])
  expect(await replay({ from: more.event.position })).toEqual({
    planned: 2,
    alreadyTold: 2,
    skipped: 2,
  })
  expect([await planned(out), await planned(more)]).toEqual([0, 2])
  expect(await replay({ from })).toEqual({ planned: 2, alreadyTold: 4, skipped: 4 })
  expect(await Promise.all([out, more, archived, silent].map(planned))).toEqual([2, 2, 0, 0])
  await expect
    .poll(told, SOON)
    .toEqual([
      'early: More',
      'early: Out',
      'early: Stuck',
      'first: More',
      'first: Out',
      'first: Stuck',
    ])
  expect(await replay({ from, dryRun: true })).toEqual({ items: [], count: 0, skipped: 6 })
})

it('readers who joined late get later events', async () => {
  await publish(owner, film('News'))
  await expect
    .poll(async () => (await told()).filter(letter => letter.endsWith('News')), SOON)
    .toEqual(['early: News', 'first: News', 'late: News'])
})

it('a correction says of each channel what it did about it, and why', async () => {
  const { id } = await publish(owner, film('Corrected'))
  const email = async () =>
    (await owner(`/api/reviews/${id}/deliveries`)).body.lines.find(
      (line: { part: string }) => line.part === 'email',
    )
  await expect.poll(email, SOON).toMatchObject({ state: 'Sent', told: 3 })
  await owner(`/api/reviews/${id}/correct`, { body: { rating: 4, note: 'Four.' } })
  await expect.poll(email, SOON).toMatchObject({
    state: 'Not changed',
    say: 'No email is sent for corrections; the next digest mentions it',
  })
  const { columns, rows } = (await owner('/api/desk/event-map')).body
  const row = rows.find(({ type }: { type: string }) => type === 'ReviewCorrected')
  expect(row.says[columns.indexOf('Email')]).toBe((await email()).say)
})
