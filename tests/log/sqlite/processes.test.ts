/**
 * Several processes on one file: they wake each other, share one chain, and recover from a lock or
 * a full disk.
 */
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { LogUnavailable } from '../../../server/log/event-log'
import { openSqliteLog } from '../../../server/log/sqlite/sqlite'
import { archived, expectChain, readAll } from '../contract'
import { newFile, startAppender, storedIn } from '../support'

it('wakes a waiting caller when another process appends', async () => {
  const file = newFile()
  const log = openSqliteLog(file)
  const waiting = log.wait(0, 15_000)
  const appender = await startAppender(file, { times: 1 })
  expect(await waiting).toBe(1)
  expect((await appender.ended).how).toBe(0)
  expect((await log.read({ after: 0 })).map(event => event.id)).toEqual(appender.acknowledged)
  await log.close()
})

it('keeps one chain without gaps while two processes append', async () => {
  const file = newFile()
  const log = openSqliteLog(file)
  const appender = await startAppender(file, { times: 200 })
  for (let i = 0; i < 100; i++) await log.append('here', i, [archived()])
  expect((await appender.ended).how).toBe(0)
  const events = await readAll(log)
  expect(events.map(event => event.position)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1))
  expectChain(storedIn(file))
  await log.close()
})

it('is unavailable while another process locks the file, still reads, and recovers by itself', async () => {
  const file = newFile()
  const log = openSqliteLog(file, { busyTimeout: 50 })
  await log.append('a', 'none', [archived()])
  const other = new DatabaseSync(file)
  other.exec('BEGIN EXCLUSIVE')
  await Promise.all(
    Array.from({ length: 3 }, () =>
      expect(log.append('a', 1, [archived()], { commandId: 'key' })).rejects.toBeInstanceOf(
        LogUnavailable,
      ),
    ),
  )
  expect(await log.readStream('a')).toHaveLength(1)
  other.close()
  expect(await log.append('a', 1, [archived()], { commandId: 'key' })).toMatchObject({
    repeated: false,
    events: [{ position: 2 }],
  })
  await log.close()
})

it('is unavailable while the disk is full, acknowledges nothing, and recovers by itself', async () => {
  const file = newFile()
  await openSqliteLog(file).close()
  const other = new DatabaseSync(file)
  other.exec('CREATE TABLE ballast (bytes); INSERT INTO ballast VALUES (zeroblob(1000000))')
  const { page_count: pages } = other.prepare('PRAGMA page_count').get() as { page_count: number }
  const log = openSqliteLog(file, { maxPages: pages + 4 })

  let acknowledged = 0
  const filling = async () => {
    for (; acknowledged < 100; acknowledged++)
      await log.append('a', acknowledged, [archived('x'.repeat(1000))])
  }
  await expect(filling()).rejects.toBeInstanceOf(LogUnavailable)
  expect(acknowledged).toBeGreaterThan(0)
  const more = await Promise.allSettled(
    Array.from({ length: 10 }, (_, i) => log.append(`b${i}`, 'none', [archived('x'.repeat(5000))])),
  )
  expect(more.map(({ status }) => status)).toEqual(Array(10).fill('rejected'))
  expect(await log.head()).toBe(acknowledged)

  other.exec('DROP TABLE ballast')
  other.close()
  expect(
    (await log.append('a', acknowledged, [archived('x'.repeat(1000))])).events[0]!.position,
  ).toBe(acknowledged + 1)
  expectChain(storedIn(file))
  await log.close()
})
