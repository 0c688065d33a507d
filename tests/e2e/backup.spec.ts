/** A backup made while the server works, and what a restored server does: it has every event, and sends nothing until somebody has looked. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PartState } from '../../shared/types/part-state'
import { photo } from '../media/uploads/pictures'
import { type Caller, caller, makeOwner } from '../support/account'
import { type FarSides, openFarSides } from '../support/far-sides'
import { Ledger } from '../support/ledger'
import { mymovies } from '../support/mymovies'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

const PUSH = 40
const MAIL = 20
const READERS = PUSH + MAIL
const folder = mkdtempSync(join(tmpdir(), 'mymovies-backup-'))
const dataDir = join(folder, 'data')
const copy = join(folder, 'backup')
const elsewhere = join(folder, 'elsewhere')
const events = new Map<string, string>()
let far: FarSides
let server: TestServer
let authorization: string
let ask: Caller

beforeAll(async () => {
  far = await openFarSides(folder)
  server = await startServer({ dataDir, env: far.env })
  const owner = await makeOwner(server.url)
  authorization = `Bearer ${(await owner('/api/tokens', { body: { name: 'a script', scopes: ['reviews', 'readers', 'parts'] } })).body.token}`
  ask = caller(server.url, { authorization })
  await far.letIn(ask, { push: PUSH, mail: MAIL })
})
afterAll(async () => {
  await server.kill()
  await far.close()
  rmSync(folder, { recursive: true })
})

async function tell(title: string) {
  const { id, event } = await publish(ask, { movie: { title, year: 1967, genres: [] } })
  events.set(id, event.id)
  return { id, event }
}

/** What the remote sides have received since the last call, as "EVENT RECIPIENT". */
async function told(ledger: Ledger): Promise<string[]> {
  const quiet = async () =>
    (await far.mail.state()).held +
    (await far.push.count().then(({ requests, received }) => requests - received))
  await expect.poll(quiet, { timeout: 20_000 }).toBe(0)
  const messages = await far.told(ledger, events)
  await far.push.clear()
  return messages.map(({ whom }) => whom)
}

async function upload(): Promise<string> {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(await photo(60, 40).png().toBuffer())], 'poster.png'))
  const answer = await fetch(`${server.url}/api/uploads`, {
    method: 'POST',
    body: form,
    headers: { authorization },
  })
  return ((await answer.json()) as { url: string }).url
}

/** The newest position in the restored ledger. */
function newestInLedger(): number {
  const app = new DatabaseSync(join(elsewhere, 'app.sqlite'), { readOnly: true })
  try {
    return app
      .prepare(
        'SELECT max(position) AS newest FROM (SELECT position FROM deliveries UNION SELECT checkpoint FROM consumers)',
      )
      .get()!.newest as number
  } finally {
    app.close()
  }
}

/** Those that are set up. */
const reactors = async () =>
  ((await ask('/api/parts')).body.items as PartState[]).filter(
    part => part.kind === 'reactor' && part.state !== 'Not set up',
  )
const waiting = (ledger: Ledger) => ledger.count() - ledger.count('accepted')

it('keeps everything that was acknowledged, and sends nothing until it is resumed', async () => {
  const poster = await upload()
  const acknowledged: string[] = []
  await tell('Playtime')
  await expect.poll(() => new Ledger(dataDir).count('accepted'), { timeout: 20_000 }).toBe(READERS)
  await far.slowDown(400) // so that something is always in progress

  let publishing = true
  const publisher = (async () => {
    for (let n = 1; publishing; n++) acknowledged.push((await tell(`Film ${n}`)).id)
  })()
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(2)
  const before = [...acknowledged]
  writeFileSync(join(dataDir, 'uploads/holiday photo.jpg'), 'not ours')
  expect(await mymovies(dataDir, 'backup', copy)).toMatchObject({
    code: 0,
    output: expect.stringMatching(
      /: \d+ events, \d+ files[\s\S]*\nLeft out, because MyMovies did not put it there: uploads\/holiday photo\.jpg\.\n$/,
    ),
  })
  publishing = false
  await publisher
  await server.kill()
  const sent = await told(new Ledger(dataDir))

  expect(await mymovies(elsewhere, 'restore', copy)).toMatchObject({
    code: 0,
    output: expect.stringMatching(/Every part is paused\.\n\npart +waiting\n(?:email|push) +\d+\n/),
  })
  expect(statSync(join(elsewhere, 'secrets/session')).mode & 0o777).toBe(0o600)
  expect(newestInLedger()).toBeLessThanOrEqual(
    Number(/(\d+) events/.exec((await mymovies(elsewhere, 'verify')).output)![1]),
  )
  const ledger = new Ledger(elsewhere)
  const accepted = ledger.count('accepted')
  await far.slowDown(0)
  server = await startServer({ dataDir: elsewhere, env: far.env })
  ask = caller(server.url, { authorization })

  const kept: string[] = (await ask('/api/reviews?limit=100')).body.items.map(
    (card: { id: string }) => card.id,
  )
  expect(kept).toEqual(expect.arrayContaining(before))
  expect((await fetch(server.url + poster)).status).toBe(200)
  const late = await tell('Mon oncle')
  expect(
    (await caller(server.url)('/api/subscriptions/email', { body: { email: 'late@example.org' } }))
      .status,
  ).toBe(202)
  // A part's sender looks whenever it reads on, so when the second event has been read, the first has had its turn.
  await tell('Trafic')
  await expect
    .poll(async () => (await reactors()).filter(part => part.lag !== 0), { timeout: 20_000 })
    .toEqual([])
  const parts = await reactors()
  for (const part of parts)
    expect(part).toMatchObject({
      state: 'Paused',
      reason: expect.stringMatching(/^restored from a backup of .*; resume when you have looked$/),
    })
  expect(ledger.count()).toBe((kept.length + 2) * READERS)
  expect(parts.reduce((sum, part) => sum + part.waiting!, 0)).toBe(waiting(ledger))
  const dry = await mymovies(
    { dataDir: elsewhere, env: far.env },
    'replay',
    'push',
    '--from',
    String(late.event.position),
    '--dry-run',
  )
  expect(dry).toEqual({
    code: 0,
    output: `0 would be sent; ${2 * PUSH} were sent, wait or were skipped, and are left alone.\n`,
  })
  expect(await told(ledger)).toEqual([])
  expect(ledger.count('accepted')).toBe(accepted)

  const due = waiting(ledger)
  const letters =
    (await far.mail.state()).letters + parts.find(part => part.name === 'email')!.waiting!
  for (const part of parts) await ask(`/api/parts/${part.name}/resume`, { body: {} })
  await expect.poll(() => waiting(ledger), { timeout: 30_000 }).toBe(0)
  await expect
    .poll(async () => (await far.mail.state()).letters, { timeout: 10_000 })
    .toBe(letters + 1) // the confirmation
  const all = await told(ledger)
  const again = all.filter(whom => !whom.startsWith('confirm'))
  expect(new Set(again).size).toBe(due)
  expect(again).toHaveLength(due)
  expect(again.filter(whom => whom.startsWith(late.event.id))).toHaveLength(READERS)
  console.log(
    `${sent.length} told by the first server, ${kept.length} reviews restored, ${due} waited, ${again.filter(whom => sent.includes(whom)).length} of them had been told after the backup`,
  )
}, 180_000)
