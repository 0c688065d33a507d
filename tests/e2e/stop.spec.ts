/** The server is stopped in the middle of everything: streams end, answers under way are finished, and only what had to be cut off is sent again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, makeOwner, withToken } from '../support/account'
import { type FarSides, openFarSides } from '../support/far-sides'
import { Ledger } from '../support/ledger'
import { publish } from '../support/publish'
import { startServer, type TestServer } from '../support/server'

const SOON = { timeout: 20_000 }
const QUICK = 8
const SLOW = 4
const folder = mkdtempSync(join(tmpdir(), 'mymovies-stop-'))
const dataDir = join(folder, 'data')
let far: FarSides
let server: TestServer
let ask: Caller

beforeAll(async () => {
  far = await openFarSides(folder)
  server = await startServer({ dataDir, env: far.env })
  ask = await withToken(server.url, await makeOwner(server.url), ['reviews', 'readers'])
})
afterAll(async () => {
  await server.kill()
  await far.close()
  rmSync(folder, { recursive: true })
})

/** `ended` resolves when the server ends the stream. */
async function openStream(path: string) {
  const { status, body } = await fetch(server.url + path, {
    headers: { accept: 'text/event-stream' },
  })
  expect(status).toBe(200)
  return {
    ended: body!.pipeTo(new WritableStream()).then(
      () => 'ended',
      () => 'cut',
    ),
  }
}

it('ends with code 0 in less than 5 s; nothing is sent twice, except where the answer came too late', async () => {
  const subscribers = await far.letIn(ask, { push: QUICK + SLOW, mail: 0 })
  const slow = subscribers.slice(0, SLOW).map(({ id }) => id)
  for (const { id } of subscribers)
    await far.push.behave(id, slow.includes(id) ? { act: 'hang' } : { delay: 1500 })
  const streams = await Promise.all(
    ['/live', '/live', '/api/events', '/api/events?shape=fat'].map(openStream),
  )
  await publish(ask)
  await expect
    .poll(async () => (await far.push.count()).requests, { ...SOON, interval: 20 })
    .toBe(QUICK + SLOW)

  const { code, ms } = await server.stop()
  expect(code).toBe(0)
  expect(ms).toBeLessThan(5000)
  expect(await Promise.all(streams.map(({ ended }) => ended))).toEqual(
    Array.from(streams, () => 'ended'),
  )
  const ledger = new Ledger(dataDir)
  expect([ledger.count('accepted'), ledger.count('retry'), ledger.count()]).toEqual([
    QUICK,
    SLOW,
    QUICK + SLOW,
  ])

  for (const { id } of subscribers) await far.push.behave(id)
  server = await startServer({ dataDir, port: server.port, env: far.env })
  await expect.poll(() => ledger.count('accepted'), SOON).toBe(QUICK + SLOW)
  const { received, violations } = await far.push.state()
  const times = Map.groupBy(received, ({ id }) => id)
  expect(violations).toEqual([])
  for (const { id } of subscribers)
    expect([id, times.get(id)?.length]).toEqual([id, slow.includes(id) ? 2 : 1])
  expect(new Set(received.map(({ topic, text }) => `${topic} ${text}`)).size).toBe(1)
})
