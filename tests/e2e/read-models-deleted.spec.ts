/** The drill of docs/operations.md: every read model is deleted while people read and write, and nobody notices. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, makeOwner, withToken } from '../support/account'
import { mymovies } from '../support/mymovies'
import { startServer, type TestServer } from '../support/server'

let server: TestServer
let owner: Caller
let dataDir: string
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mymovies-drill-'))
  server = await startServer({ dataDir, env: { NUXT_SEED: 'true' } })
  owner = await makeOwner(server.url)
})
afterAll(async () => {
  await server.kill()
  rmSync(dataDir, { recursive: true })
})

const file = () => join(dataDir, 'views.sqlite')
let published = 0

/** Publishes a review; returns its id and slug once the call has answered. */
async function publish() {
  const title = `Written during the drill ${++published}`
  const movie = { title: `Drill ${published}`, year: 1950 }
  const draft = await owner('/api/reviews', {
    body: { title, movie, rating: 4, summary: 'A clerk.', body: 'He *stamps*.' },
  })
  expect(draft.status).toBe(201)
  const { status, body } = await owner(`/api/reviews/${draft.body.id}/publish`, { body: {} })
  expect(status).toBe(202)
  return { title, slug: body.slug as string }
}

/** What a reader sees, and what is wrong with it. */
async function wrongWith(path: string, isRight: (text: string) => boolean): Promise<string[]> {
  const answer = await fetch(server.url + path, { headers: { 'cache-control': 'no-cache' } })
  const text = await answer.text()
  if (answer.status !== 200) return [`${path}: ${answer.status} ${text.slice(0, 200)}`]
  return isRight(text) ? [] : [`${path}: a wrong answer, ${text.slice(0, 200)}`]
}

/** Reads and writes until `done`; returns whatever a reader would have noticed. */
async function traffic(done: () => boolean): Promise<string[]> {
  const wrong: string[] = []
  let least = 24
  while (!done()) {
    const { title, slug } = await publish()
    const looks = [
      wrongWith('/', text => text.includes(title)),
      wrongWith(`/reviews/${slug}`, text => text.includes(title)),
      wrongWith(`/api/reviews/${slug}`, text => JSON.parse(text).title === title),
      wrongWith('/api/reviews?limit=100', text => {
        const { items } = JSON.parse(text)
        const isMore = items.length >= Math.min(100, least)
        least = Math.max(least, items.length)
        return isMore && items[0].title === title
      }),
      wrongWith(`/api/search?q=${encodeURIComponent(`drill ${published}`)}`, text =>
        text.includes(title),
      ),
      wrongWith('/feed.xml', text => text.includes(title)),
      wrongWith('/movies', text => text.includes(`Drill ${published}`)),
    ]
    wrong.push(...(await Promise.all(looks)).flat())
  }
  return wrong
}

/** Reads and writes while `act` runs, and a little longer. */
async function under(act: () => Promise<unknown>): Promise<string[]> {
  let isDone = false
  const watching = traffic(() => isDone)
  try {
    await act()
  } finally {
    isDone = true
  }
  return [...(await watching), ...(await traffic(once()))]
}

/** False the first time. */
function once() {
  let asked = false
  return () => {
    const before = asked
    asked = true
    return before
  }
}

const until = async (condition: () => boolean | Promise<boolean>) => {
  for (const end = performance.now() + 30_000; !(await condition());) {
    if (performance.now() > end) throw new Error(`not within 30 s:\n${server.output()}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

const models = async () =>
  (
    (await owner('/api/parts')).body.items as { name: string; kind: string; rebuild?: number }[]
  ).filter(({ kind }) => kind === 'projection')
const noneRebuilding = async () => (await models()).every(({ rebuild }) => rebuild === undefined)
const verified = async () => {
  const { code, output } = await mymovies(dataDir, 'verify')
  expect([code, output]).toEqual([0, expect.stringContaining('as folded anew from')])
}

describe('while the server runs', () => {
  it('every read model is rebuilt from the desk', async () => {
    const names = (await models()).map(({ name }) => name)
    expect(names.length).toBeGreaterThan(7)
    const wrong = await under(async () => {
      for (const name of names)
        expect(await owner(`/api/parts/${name}/rebuild`, { body: {} })).toMatchObject({
          status: 202,
          body: { name, rebuilding: true },
        })
      await until(noneRebuilding)
    })
    expect(wrong).toEqual([])
    await verified()
  })

  it('every read model is rebuilt from the command line', async () => {
    const wrong = await under(async () =>
      expect(await mymovies(dataDir, 'rebuild')).toMatchObject({
        code: 0,
        output: expect.stringMatching(/latest_reviews.*: rebuilt from \d+ events/),
      }),
    )
    expect(wrong).toEqual([])
    await verified()
  })

  it.each<[string, () => void]>([
    ['the file is deleted', () => rmSync(file())],
    [
      'the file is deleted with its write-ahead log',
      () => {
        for (const suffix of ['', '-wal', '-shm']) rmSync(file() + suffix, { force: true })
      },
    ],
  ])('%s', async (_, remove) => {
    const { ino } = statSync(file())
    const wrong = await under(async () => {
      remove()
      await until(() => server.output().split('complete again').length > healed)
      healed++
    })
    expect(wrong).toEqual([])
    expect(statSync(file()).ino).not.toBe(ino)
    await verified()
  })
  let healed = 1

  it('a table is dropped: pages are right again within seconds', async () => {
    const other = new DatabaseSync(file())
    other.exec('PRAGMA busy_timeout = 5000; DROP TABLE latest_reviews_v3')
    other.close()
    await until(() => server.output().split('complete again').length > healed)
    healed++
    expect(await traffic(once())).toEqual([])
    await verified()
  })

  it('a row is forged: verify names it, rebuild mends it', async () => {
    const { slug, title } = await publish()
    const other = new DatabaseSync(file())
    other.exec('PRAGMA busy_timeout = 5000')
    other
      .prepare(
        'UPDATE latest_reviews_v3 SET rating = 1 WHERE id = (SELECT id FROM reviews WHERE slug = ?)',
      )
      .run(slug)
    other.close()
    expect(await mymovies(dataDir, 'verify')).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /The read model latest_reviews differs from the log at position \d+: \S+, rating is 1, and should be 4/,
      ),
    })
    expect(await mymovies(dataDir, 'rebuild', 'latest_reviews')).toMatchObject({ code: 0 })
    await verified()
    expect(await wrongWith('/', text => text.includes(title))).toEqual([])
  })
})

it('a review whose text was erased is the same, folded anew', async () => {
  const { slug, title } = await publish()
  const { id } = (await owner(`/api/reviews/${slug}`)).body
  const act = (name: string, body: object) => owner(`/api/reviews/${id}/${name}`, { body })
  expect(await act('fix', { movie: { title: 'Another film', year: 1951 } })).toMatchObject({
    status: 202,
  })
  expect(await act('archive', { reason: 'A wish.' })).toMatchObject({ status: 202 })
  await verified()
  const erased = await act('erase', { title })
  expect([200, 202]).toContain(erased.status)
  await verified()
  expect(await mymovies(dataDir, 'rebuild')).toMatchObject({ code: 0 })
  await verified()
})

describe('between two starts', () => {
  it.each<[string, string[]]>([
    ['the file', ['']],
    ['the file, but not its write-ahead log', ['']],
    ['all three files', ['', '-wal', '-shm']],
  ])('%s is deleted', async (_, suffixes) => {
    const before = await (await fetch(`${server.url}/api/reviews?limit=100`)).text()
    await server.kill()
    for (const suffix of suffixes) rmSync(file() + suffix, { force: true })
    server = await startServer({ dataDir, port: server.port, env: { NUXT_SEED: 'true' } })
    expect(await (await fetch(`${server.url}/api/reviews?limit=100`)).text()).toBe(before)
    expect(await traffic(once())).toEqual([])
    await verified()
    expect(existsSync(file())).toBe(true)
  })
})

describe('a dry run', () => {
  it('of a read model shows what it would hold, at the desk and on the command line', async () => {
    const head = (await owner('/api/parts')).body.head as number
    const { status, body } = await owner('/api/parts/latest_reviews/replay', {
      body: { from: head - 1, dryRun: true },
    })
    expect([status, body]).toEqual([
      200,
      { events: 2, rows: 1, sample: [expect.objectContaining({ shown: 1 })], parked: [] },
    ])
    expect(
      await mymovies(dataDir, 'replay', 'latest_reviews', '--from', String(head - 1), '--dry-run'),
    ).toMatchObject({
      code: 0,
      output: expect.stringContaining('latest_reviews would have 1 rows from 2 events'),
    })
  })

  it.each([
    [{ from: 1 }, 422, 'dryRun'],
    [{ from: 1, dryRun: false }, 422, 'dryRun'],
    [{ from: -1, dryRun: true }, 422, 'from'],
    [{ from: 1e15, dryRun: true }, 422, 'from'],
    [{ from: '1', dryRun: true }, 422, 'from'],
    [{ dryRun: true }, 422, 'from'],
  ])('refuses %j', async (body, status, path) => {
    expect(await owner('/api/parts/movies/replay', { body })).toMatchObject({
      status,
      body: { errors: [{ path }] },
    })
  })

  it('needs --dry-run on the command line, a position of the log, and a name', async () => {
    for (const [args, says] of [
      [['movies', '--from', '1'], 'add --dry-run'],
      [['movies', '--from', '999999', '--dry-run'], 'beyond the log'],
      [['weather', '--from', '1', '--dry-run'], 'There is no part "weather"'],
    ] as const)
      expect(await mymovies(dataDir, 'replay', ...args)).toMatchObject({
        code: 2,
        output: expect.stringContaining(says),
      })
  })
})

it('rebuild is for read models that there are, and for those who manage channels', async () => {
  expect(await owner('/api/parts/weather/rebuild', { body: {} })).toMatchObject({ status: 404 })
  expect(await owner('/api/parts/email/rebuild', { body: {} })).toMatchObject({ status: 404 })
  expect(await owner('/api/parts/movies/rebuild', { body: { now: true } })).toMatchObject({
    status: 422,
  })
  const reviewer = await withToken(server.url, owner, ['reviews'])
  expect(await reviewer('/api/parts/movies/rebuild', { body: {} })).toMatchObject({ status: 403 })
})
