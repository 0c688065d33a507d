/**
 * The databases as the app opens them: on their threads, in two processes, busy, full or damaged.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isBusyOrFull } from '../../server/db/errors'
import { openApp, openAppInMemory, openAppReader } from '../../server/db/open'
import type { AppTables } from '../../server/db/schema'
import { openViews } from '../../server/db/views-file'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mymovies-db-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const file = (name = 'app.sqlite') => join(folder, name)

async function withApp(run: (app: Kysely<AppTables>) => Promise<void>) {
  const app = await openApp(file())
  try {
    await run(app)
  } finally {
    await app.destroy()
  }
}
const letter = (messageId: string) => ({
  message_id: messageId,
  sender: 'us',
  recipient: 'a@example.org',
  subject: 's',
  source: 'x',
  at: 1,
})
const delivery = (recipient: string) => ({
  reactor: 'push',
  event_id: 'e',
  position: 1,
  review_id: 'r',
  type: 'ReviewPublished',
  recipient,
  origin: '',
  state: 'pending' as const,
  attempts: 0,
  due_at: 1,
  created_at: 1,
  updated_at: 1,
})

describe.each([
  ['on its own thread', () => openApp(file())],
  ['in memory', () => openAppInMemory()],
])('app.sqlite %s', (_, open) => {
  let app: Kysely<AppTables>
  beforeEach(async () => {
    app = await open()
  })
  afterEach(() => app.destroy())

  it('returns the id of an insert, the rows of RETURNING and how many rows an update changed', async () => {
    expect((await app.insertInto('outbox').values(letter('1')).executeTakeFirst()).insertId).toBe(
      1n,
    )
    expect(
      await app.insertInto('outbox').values(letter('2')).returning(['id', 'subject']).execute(),
    ).toEqual([{ id: 2, subject: 's' }])
    expect(
      (await app.updateTable('outbox').set({ subject: 't' }).executeTakeFirst()).numUpdatedRows,
    ).toBe(2n)
    expect((await sql<{ n: number }>`SELECT count(*) n FROM outbox`.execute(app)).rows).toEqual([
      { n: 2 },
    ])
    await sql`PRAGMA optimize`.execute(app)
  })

  it('binds booleans, dates and undefined, and refuses objects', async () => {
    const { rows } =
      await sql`SELECT ${true} yes, ${false} no, ${new Date(0)} date, ${undefined} none, ${Buffer.from('a')} bytes`.execute(
        app,
      )
    expect(rows).toEqual([
      { yes: 1, no: 0, date: '1970-01-01T00:00:00.000Z', none: null, bytes: new Uint8Array([97]) },
    ])
    await expect(sql`SELECT ${{ a: 1 }}`.execute(app)).rejects.toThrow('JSON.stringify')
  })

  it('runs transactions one after another and rolls back one that fails', async () => {
    const first = app.transaction().execute(async trx => {
      await trx.insertInto('outbox').values(letter('1')).execute()
      await new Promise(resolve => setTimeout(resolve, 20))
      throw new Error('changed my mind')
    })
    const second = app.transaction().execute(trx => trx.selectFrom('outbox').selectAll().execute())
    await expect(first).rejects.toThrow('changed my mind')
    expect(await second).toEqual([])
  })

  it('never has two rows for the same event, part and recipient', async () => {
    await app
      .insertInto('deliveries')
      .values([delivery('a'), delivery('b')])
      .execute()
    const again = app.insertInto('deliveries').values(delivery('a'))
    await expect(again.execute()).rejects.toMatchObject({
      code: 'ERR_SQLITE_ERROR',
      errcode: 2067,
      message: expect.stringContaining('deliveries.event_id'),
    })
    expect(
      (await again.onConflict(c => c.doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows,
    ).toBe(0n)
  })
})

it('finds what is due without reading what is done', () =>
  withApp(async app => {
    const plan = await sql<{
      detail: string
    }>`EXPLAIN QUERY PLAN SELECT id FROM deliveries WHERE reactor = ${'push'} AND state IN ('pending', 'retry') AND due_at <= ${5} ORDER BY due_at LIMIT 100`.execute(
      app,
    )
    expect(plan.rows.map(row => row.detail).join()).toContain('deliveries_due')
  }))

it('finds what one recipient was sent before without reading what the others got', () =>
  withApp(async app => {
    const plan = await sql<{
      detail: string
    }>`EXPLAIN QUERY PLAN SELECT 1 FROM deliveries WHERE reactor = ${'push'} AND review_id = ${'r'} AND recipient = ${'a'} AND position < ${5} AND state IN ('pending', 'sending', 'retry')`.execute(
      app,
    )
    expect(plan.rows[0]!.detail).toMatch(
      /deliveries_of_review \(review_id=\? AND reactor=\? AND recipient=\? AND position<\?\)/,
    )
  }))

it('can be read, but not written, through a second connection while a transaction is open', () =>
  withApp(async app => {
    const reader = openAppReader(file())
    await app.transaction().execute(async trx => {
      await trx.insertInto('outbox').values(letter('1')).execute()
      expect(await reader.selectFrom('outbox').selectAll().execute()).toEqual([])
    })
    expect(await reader.selectFrom('outbox').select('message_id').execute()).toEqual([
      { message_id: '1' },
    ])
    await expect(reader.deleteFrom('outbox').execute()).rejects.toThrow('readonly')
    await reader.destroy()
  }))

it('opens an existing file again, even twice at the same time', async () => {
  await withApp(async app => {
    await app.insertInto('outbox').values(letter('1')).execute()
  })
  const both = await Promise.all([
    openApp(file()),
    openApp(file()),
    openApp(file('new.sqlite')),
    openApp(file('new.sqlite')),
  ])
  expect(await both[0].selectFrom('outbox').select('id').execute()).toEqual([{ id: 1 }])
  await Promise.all(both.map(app => app.destroy()))
})

it('says that it is busy when another process holds the file', async () => {
  const holder = new DatabaseSync(file())
  await withApp(async app => {
    await sql`PRAGMA busy_timeout = 20`.execute(app)
    holder.exec('BEGIN IMMEDIATE')
    const error = await app
      .insertInto('outbox')
      .values(letter('1'))
      .execute()
      .catch(e => e)
    expect(isBusyOrFull(error)).toBe(true)
    holder.exec('ROLLBACK')
    await app.insertInto('outbox').values(letter('1')).execute()
  })
  holder.close()
})

it('says that the disk is full', () =>
  withApp(async app => {
    await sql`PRAGMA max_page_count = 60`.execute(app)
    const error = await app
      .insertInto('outbox')
      .values({ ...letter('1'), source: 'x'.repeat(1 << 20) })
      .execute()
      .catch(e => e)
    expect(error.errcode).toBe(13)
    expect(isBusyOrFull(error)).toBe(true)
    expect(isBusyOrFull(new Error('something else'))).toBe(false)
  }))

it('copies the write-ahead log of views.sqlite into the file in the background', async () => {
  const views = openViews(file('views.sqlite'))
  const app = await openApp(file(), {
    checkpointOf: file('views.sqlite'),
    checkpointEvery: 20,
  })
  await sql`CREATE TABLE big (x)`.execute(views)
  await sql`INSERT INTO big VALUES (${'x'.repeat(8 << 20)})`.execute(views)
  await expect
    .poll(() => statSync(file('views.sqlite')).size, { timeout: 8000 })
    .toBeGreaterThan(8 << 20)
  await app.destroy()
  await views.destroy()
})

it('throws a damaged views.sqlite away', async () => {
  writeFileSync(file('views.sqlite'), 'this is no database'.repeat(1000))
  const views = openViews(file('views.sqlite'))
  expect((await sql`SELECT 1 ok`.execute(views)).rows).toEqual([{ ok: 1 }])
  await views.destroy()
})
