/** A publish that was answered is never lost: the server is killed over and over in the middle of its work, and everything is still sent. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CONNECTIONS } from '../../server/channels/mail/transport'
import { STREAMS } from '../../server/channels/push/origin-session'
import { type Caller, makeOwner, withToken } from '../support/account'
import { buildWithEarlyLog } from '../support/early-log'
import { type FarSides, openFarSides } from '../support/far-sides'
import { insist } from '../support/insist'
import { Ledger } from '../support/ledger'
import { mymovies } from '../support/mymovies'
import { randomFrom } from '../support/random'
import { startServer, type TestServer } from '../support/server'

const KILLS = 20
const PUSH = 200
const MAIL = 100
const MOST_REVIEWS = 40
const folder = mkdtempSync(join(tmpdir(), 'mymovies-crash-'))
const dataDir = join(folder, 'data')
const seed = Number(process.env.SEED ?? Date.now() % 1e6)
const random = randomFrom(seed)
const written = (title: string) => ({
  title,
  movie: { title: 'M', year: 1931 },
  rating: 5,
  summary: 'Seen twice.',
  body: 'Berlin.',
})
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
let far: FarSides
let server: TestServer
let ask: Caller

beforeAll(async () => {
  far = await openFarSides(folder)
  server = await startServer({ dataDir, env: far.env })
  ask = await withToken(server.url, await makeOwner(server.url), ['reviews', 'readers'])
  await far.letIn(ask, { push: PUSH, mail: MAIL })
})
afterAll(async () => {
  await server.kill()
  await far.close()
  rmSync(folder, { recursive: true })
})

it(`loses nothing that it acknowledged, however often it is killed (SEED=${seed})`, async () => {
  // Slow enough that something is in progress whenever the server dies.
  await far.slowDown(25)
  const ledger = new Ledger(dataDir)
  const acknowledged = new Map<string, string>()
  const underWay: string[] = []
  let killing = true
  let answered = Promise.withResolvers<unknown>()

  async function publish() {
    for (let n = 1; killing && n <= MOST_REVIEWS; n++) {
      const draft = await insist(ask, '/api/reviews', `draft ${n}`, written(`Review ${n}`))
      const { event } = await insist(ask, `/api/reviews/${draft.id}/publish`, `publish ${n}`, {})
      acknowledged.set(draft.id, event.id)
      answered.resolve(event)
      await pause(random() * 100)
    }
  }
  async function kill() {
    for (let n = 1; n <= KILLS; n++) {
      // Every other one dies right after it has answered: what it acknowledged must be on disk by then.
      answered = Promise.withResolvers<unknown>()
      if (n % 2) await Promise.race([answered.promise, pause(2000)])
      else await pause(random() * 800)
      await server.kill()
      underWay.push(...ledger.underWay())
      // Some servers are killed before they are up.
      server = await startServer({
        dataDir,
        port: server.port,
        env: far.env,
        wait: random() < 0.75,
      })
    }
    killing = false
  }
  await Promise.all([publish(), kill()])

  const planned = acknowledged.size * (PUSH + MAIL)
  await expect
    .poll(() => ledger.count('accepted'), { timeout: 120_000, interval: 200 })
    .toBe(planned)
  expect(ledger.count()).toBe(planned)
  expect(underWay.length).toBeGreaterThan(0)

  const events = (await ask('/api/events?limit=500')).body.map(
    (notice: { id: string; subject: string }) => [notice.subject, notice.id],
  )
  expect(events).toEqual([...acknowledged])
  expect(
    (await ask('/api/reviews?limit=100')).body.items.map((card: { id: string }) => card.id),
  ).toEqual([...acknowledged.keys()].reverse())
  expect(await (await fetch(server.url)).text()).toContain(`Review ${acknowledged.size}<`)

  const told = Map.groupBy(await far.told(ledger, acknowledged), ({ whom }) => whom)
  expect(told.size).toBe(planned)
  const repeats = [...told.values()].reduce((sum, times) => sum + times.length - 1, 0)
  console.log(
    `SEED=${seed}: ${acknowledged.size} reviews, ${planned} deliveries, ${repeats} repeated after ${KILLS} kills`,
  )
  expect(repeats).toBeLessThanOrEqual(KILLS * (STREAMS + CONNECTIONS))
  const tooOften = [...told].filter(
    ([whom, times]) => times.length - 1 > underWay.filter(one => one === whom).length,
  )
  expect(tooOften, 'only what was under way at a kill comes again').toEqual([])
  const changed = [...told.values()].filter(
    times => new Set(times.map(({ what }) => what)).size > 1,
  )
  expect(changed, 'what comes again is the same message').toEqual([])

  await server.stop()
  expect((await mymovies(dataDir, 'verify')).code).toBe(0)
}, 300_000)

/** How long a commit takes on the slow disk: longer than a publish call waits for the read models, which also see nothing before it. */
const COMMIT_MS = 2500
const LIVES = 3
const slowDisk = `--disable-warning=ExperimentalWarning --import ${new URL('../support/slow-disk.ts', import.meta.url)}?ms=${COMMIT_MS}`

/** Sends two publishes at once to each server, which is killed when one of them is answered. Returns the acknowledged events, and those of them that are lost. */
async function publishOnASlowDisk(output?: string) {
  const dataDir = mkdtempSync(join(folder, 'slow-'))
  const acknowledged: string[] = []
  const lives: string[][] = []
  let one = await startServer({ dataDir, output })
  try {
    const ask = await withToken(one.url, await makeOwner(one.url), ['reviews'])
    for (let n = 1; n <= LIVES; n++)
      lives.push([await draft(ask, `A ${n}`), await draft(ask, `B ${n}`)])
    for (const drafts of lives) {
      await one.kill()
      one = await startServer({ dataDir, port: one.port, output, env: { NODE_OPTIONS: slowDisk } })
      const answered = Promise.withResolvers<unknown>()
      const last = random() < 0.5 ? 1 : 2
      let answers = 0
      const calls = drafts.map(async id => {
        const { status, body } = await ask(`/api/reviews/${id}/publish`, { body: {} })
        if (status !== 202) throw new Error(`not published: ${JSON.stringify(body)}`)
        acknowledged.push(body.event.id)
        if (++answers === last) answered.resolve(id)
      })
      await Promise.race([answered.promise, Promise.all(calls)])
      await one.kill()
      await Promise.allSettled(calls)
    }
    one = await startServer({ dataDir, port: one.port })
    const kept = (await ask('/api/events?limit=500')).body.map(
      (notice: { id: string }) => notice.id,
    )
    return { acknowledged, lost: acknowledged.filter(id => !kept.includes(id)) }
  } finally {
    await one.kill()
  }
}

const draft = async (ask: Caller, title: string): Promise<string> =>
  (await ask('/api/reviews', { body: written(title) })).body.id

it(`loses nothing when it dies at the moment of an answer, however slow the disk is (SEED=${seed})`, async () => {
  const { acknowledged, lost } = await publishOnASlowDisk()
  expect(acknowledged.length).toBeGreaterThanOrEqual(LIVES)
  expect(lost).toEqual([])
}, 120_000)

it(`would catch a log that answers before it commits (SEED=${seed})`, async () => {
  const { lost } = await publishOnASlowDisk(buildWithEarlyLog(folder))
  expect(lost.length, 'at least the last answer of each life').toBeGreaterThanOrEqual(LIVES)
}, 120_000)
