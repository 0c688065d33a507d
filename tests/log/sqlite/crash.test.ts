/** A killed process or a failing disk loses no acknowledged event. */
import { expect, it } from 'vitest'
import { openSqliteLog } from '../../../server/log/sqlite/sqlite'
import { expectChain, readAll } from '../contract'
import { newFile, startAppender, storedIn } from '../support'

async function idsIn(file: string) {
  const log = openSqliteLog(file)
  const events = await readAll(log)
  await log.close()
  expect(events.map(event => event.position)).toEqual(events.map((_, i) => i + 1))
  expectChain(storedIn(file))
  return new Set(events.map(event => event.id))
}

it('loses no acknowledged event when its process is killed in the middle of appends', async () => {
  const file = newFile()
  const acknowledged: string[] = []
  for (let round = 0; round < 16; round++) {
    const enough = 1 + Math.floor(Math.random() * 40)
    const appender = await startAppender(file, {
      onAck: one => one.acknowledged.length >= enough && one.kill(),
    })
    expect((await appender.ended).how).toBe('SIGKILL')
    acknowledged.push(...appender.acknowledged)
    const kept = await idsIn(file)
    expect(
      acknowledged.filter(id => !kept.has(id)),
      `round ${round}, killed after ${enough}`,
    ).toEqual([])
  }
}, 60_000)

it('ends its process when a write to disk fails, and keeps what was acknowledged', async () => {
  const file = newFile()
  const appender = await startAppender(file, { limit: 2048 })
  const { how, complaint } = await appender.ended
  expect(how).toBe(1)
  expect(complaint).toMatch(/the log cannot be written any more: disk I\/O error/)
  expect(appender.acknowledged.length).toBeGreaterThan(0)
  const kept = await idsIn(file)
  expect(appender.acknowledged.filter(id => !kept.has(id))).toEqual([])
}, 30_000)
