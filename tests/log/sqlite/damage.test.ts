/** Damage to the file is found, named, and never served. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EventLog } from '../../../server/log/event-log'
import type { Sealed } from '../../../server/log/sealing/cipher'
import { openSqliteLog } from '../../../server/log/sqlite/sqlite'
import { lastOf, noteChecked } from '../../../server/log/sqlite/verify'
import { archived } from '../contract'
import { newFile, storedIn, tamper } from '../support'

let file: string
let log: EventLog
const complaints = vi.spyOn(console, 'error').mockImplementation(() => {})

beforeEach(async () => {
  complaints.mockClear()
  log = openSqliteLog((file = newFile()))
  const events = Array.from({ length: 12 }, (_, i) =>
    archived(`reason ${i + 1} ${'x'.repeat(3000)}`),
  )
  await Promise.all([
    log.append('a', 'none', events.slice(0, 6)),
    log.append('b', 'none', events.slice(6, 7)),
    log.append('a', 6, events.slice(7)),
  ])
  await log.close()
})
afterEach(() => log.close())

/** The end of the sealed text of an event, which lies on a page of its own. */
const sealedAt = (position: number) =>
  (storedIn(file)[position - 1]!.data as { sealed: Sealed }).sealed.text.slice(-24)

/** Changes the file itself, below SQLite. */
function overwrite(text: string, at: string) {
  const place = readFileSync(file).indexOf(at)
  if (place < 0) throw new Error(`the file does not hold ${at}`)
  const disk = openSync(file, 'r+')
  writeSync(disk, text, place)
  closeSync(disk)
}

async function expectDamageAt(position: number, served = position - 1) {
  const damaged = {
    name: 'LogDamaged',
    position,
    message: expect.stringContaining(`position ${position}:`),
  }
  expect((await log.read({ after: 0 })).map(event => event.position)).toEqual(
    Array.from({ length: served }, (_, i) => i + 1),
  )
  await expect(log.read({ after: served })).rejects.toMatchObject(damaged)
  await expect(log.read({ after: 11 })).rejects.toMatchObject(damaged)
  await expect(log.read({ after: served, types: ['ReviewFixed'] })).rejects.toMatchObject(damaged)
  await expect(log.readStream('a')).rejects.toMatchObject(damaged)
  await expect(log.append('a', 'any', [archived()])).rejects.toMatchObject(damaged)
  expect(complaints).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining(`position ${position}:`),
  )
}

describe.each([
  ['other words', `UPDATE events SET data = replace(data, 'text', 'TEXT') WHERE position = 7`],
  ['another time', `UPDATE events SET at = '2020-01-01T00:00:00.000Z' WHERE position = 7`],
  ['another place', `UPDATE events SET stream = 'c' WHERE position = 7`],
  [
    'another hash',
    `UPDATE events SET hash = CASE substr(hash, 1, 1) WHEN '0' THEN '1' ELSE '0' END || substr(hash, 2) WHERE position = 7`,
  ],
  ['nothing at all', `DELETE FROM events WHERE position = 7`],
  ['invalid JSON', `UPDATE events SET data = '{' WHERE position = 7`],
  [
    'the words of another',
    `UPDATE events SET data = (SELECT data FROM events WHERE position = 3) WHERE position = 7`,
  ],
])('an event replaced by %s', (_, sql) => {
  it('is named at opening and never served', async () => {
    tamper(file, sql)
    log = openSqliteLog(file)
    expect(complaints).toHaveBeenCalledOnce()
    await expectDamageAt(7)
  })

  it('is never served by a log that was already open', async () => {
    log = openSqliteLog(file)
    tamper(file, sql)
    await expectDamageAt(7)
  })
})

it('is found in bytes that SQLite does not check', async () => {
  overwrite('AAAA', sealedAt(7))
  log = openSqliteLog(file)
  await expectDamageAt(7)
})

it('is found in pages that SQLite cannot read', async () => {
  tamper(file, 'VACUUM')
  overwrite('\xFF'.repeat(4000), sealedAt(7))
  log = openSqliteLog(file)
  await expect(log.read({ after: 11 })).rejects.toMatchObject({ name: 'LogDamaged' })
  await expect(log.append('a', 'any', [archived()])).rejects.toMatchObject({ name: 'LogDamaged' })
})

it('is found when events at the end have disappeared', async () => {
  const db = new DatabaseSync(file)
  noteChecked(db, lastOf(db))
  db.close()
  tamper(file, 'DELETE FROM events WHERE position > 10')
  log = openSqliteLog(file)
  await expectDamageAt(11)
})

it('is looked for in old events while the log is in use, and the next check continues from there', async () => {
  log = openSqliteLog(file, { checkAfter: 0 })
  for (let i = 0; i < 5; i++)
    await log.append(
      'many',
      i * 2000 || 'none',
      Array.from({ length: 2000 }, () => archived()),
    )
  await log.close()
  const checked = () => {
    const db = new DatabaseSync(file, { readOnly: true })
    const row = db.prepare('SELECT position FROM checked').get()
    db.close()
    return row?.position
  }
  log = openSqliteLog(file, { checkAfter: 0 })
  await vi.waitFor(() => expect(checked()).toBe(10_012), 10_000)
  await log.close()

  tamper(file, `UPDATE events SET at = '' WHERE position = 4`)
  log = openSqliteLog(file, { checkAfter: 0 })
  expect(complaints).not.toHaveBeenCalled()
  await vi.waitFor(
    () =>
      expect(complaints).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('position 4:')),
    10_000,
  )
})
