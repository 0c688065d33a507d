/** The disk is full while outcomes are recorded: they are kept until they are written, and nothing is sent a second time. */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { type PartUnderTest, partUnderTest } from '../../support/parts'

const TABLES = ['deliveries', 'consumers', 'part_minutes']

async function fill({ app }: PartUnderTest) {
  for (const table of TABLES)
    for (const change of ['INSERT', 'UPDATE'])
      await sql`CREATE TRIGGER ${sql.ref(`full_${table}_${change}`)} BEFORE ${sql.raw(change)}
        ON ${sql.ref(table)} BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`.execute(
        app,
      )
}
async function free({ app }: PartUnderTest) {
  for (const table of TABLES)
    for (const change of ['INSERT', 'UPDATE'])
      await sql`DROP TRIGGER ${sql.ref(`full_${table}_${change}`)}`.execute(app)
}
const onceEach = (h: PartUnderTest, count: number) => {
  expect(h.sent).toHaveLength(count)
  expect(new Set(h.sent.map(({ key }) => key)).size).toBe(count)
}

/** A part in the middle of a mailing; `answer` lets the far side take what is under way. */
async function midway(count: number) {
  let answer!: () => void
  const gate = new Promise<void>(resolve => {
    answer = resolve
  })
  const h = await partUnderTest(() => gate, { timeout: 120_000 })
  Object.assign(h.reactor, h.readers(count))
  const loop = await h.start()
  await h.publish('a')
  await h.clock.waitFor(() => expect(h.sent.length).toBeGreaterThan(0))
  return { h, loop, answer }
}

it('lets what is under way arrive, though the lease cannot be renewed', async () => {
  const { h, answer } = await midway(40)
  await fill(h)
  await h.clock.pass(10_000)
  answer()
  await h.clock.pass(10_000)
  await free(h)
  await h.settled(40)
  onceEach(h, 40)
})

it('keeps what has arrived until it can be written', async () => {
  const { h, answer } = await midway(40)
  await fill(h)
  answer()
  await h.clock.pass(30_000)
  await free(h)
  await h.settled(40)
  onceEach(h, 40)
})

it('also if another process takes over first', async () => {
  const { h, answer } = await midway(8)
  await fill(h)
  answer()
  await h.clock.pass(5000)
  await sql`DROP TRIGGER full_consumers_UPDATE`.execute(h.app)
  await h.app
    .updateTable('consumers')
    .set({ lease_owner: 'elsewhere:1:x', fence: sql<number>`fence + 1` })
    .execute()
  await sql`CREATE TRIGGER full_consumers_UPDATE BEFORE UPDATE ON consumers
    BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`.execute(h.app)
  await h.clock.pass(5000)
  await free(h)
  await h.settled(8)
  onceEach(h, 8)
})
