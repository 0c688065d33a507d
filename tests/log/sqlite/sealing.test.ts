/** Texts lie sealed on the log, each stream under a key of its own, and can be erased while the chain stays whole. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { EventLog, Recorded } from '../../../server/log/event-log'
import { openSqliteLog } from '../../../server/log/sqlite/sqlite'
import { ERASED_CONTENT, ERASED_REASON } from '../../../server/review/texts'
import { life } from '../../projections/life'
import { expectChain } from '../contract'
import { newFile, startAppender, storedIn, tamper } from '../support'

const stamp = { meta: { actor: 'ines' }, at: '2026-11-02T11:00:00.000Z' }
const { drafted, published, corrected, archived } = life
const whole = [drafted, published, corrected, archived].map(event => ({ ...event, ...stamp }))
const WORDS = ['Everyone in Vienna', 'A zither and a sewer', 'Harry Lime', 'The Third Man', 'Four.']

let file: string
let log: EventLog
beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  log = openSqliteLog((file = newFile()))
  onTestFinished(() => log.close())
  await log.append('review-r1', 'none', whole.slice(0, 2))
  await log.append('review-r1', 2, whole.slice(2))
  await log.append('review-r2', 'none', whole)
})

const bytes = () =>
  globSync('*', { cwd: dirname(file) })
    .map(name => readFileSync(join(dirname(file), name), 'latin1'))
    .join('\n')
const keys = () => {
  const db = new DatabaseSync(join(dirname(file), 'keys.sqlite'))
  onTestFinished(() => db.close())
  return db
}
const keyIdOf = (position: number) =>
  (storedIn(file)[position - 1]!.data as { sealed: { key: string } }).sealed.key
const bodies = (events: Recorded[]) => events.map(({ type, data }) => ({ type, data }))

it('keeps no word of a text readable in any file, and returns all of it to readers', async () => {
  for (const word of WORDS) expect(bytes(), word).not.toContain(word)
  const expected = whole.map(({ type, data }) => ({ type, data }))
  expect(bodies(await log.readStream('review-r1'))).toEqual(expected)
  expect(bodies(await log.read({ after: 4 }))).toEqual(expected)
})

it('seals each stream with a key of its own, and keeps it after a restart', async () => {
  expect([2, 3, 4].map(keyIdOf)).toEqual([keyIdOf(2), keyIdOf(2), keyIdOf(2)])
  expect(keyIdOf(6)).not.toBe(keyIdOf(2))
  await log.close()
  log = openSqliteLog(file)
  await log.append('review-r1', 4, [{ ...archived, ...stamp }])
  expect(keyIdOf(9)).toBe(keyIdOf(2))
})

describe('erasing a stream', () => {
  const key = () =>
    Buffer.from(
      keys().prepare('SELECT key FROM keys WHERE id = ?').get(keyIdOf(2))!.key as Uint8Array,
    ).toString('latin1')

  it('destroys its key in every file, and the chain stays whole', async () => {
    const secret = key()
    await log.erase('review-r1')
    expect(bytes()).not.toContain(secret)
    expectChain(storedIn(file))
    const [, ...texts] = await log.readStream('review-r1')
    expect(bodies(texts)).toEqual([
      {
        type: 'ReviewPublished',
        data: {
          id: 'r1',
          critic: published.data.critic,
          publishedAt: published.data.publishedAt,
          slug: 'r1',
          content: ERASED_CONTENT,
          erased: true,
        },
      },
      {
        type: 'ReviewCorrected',
        data: {
          id: 'r1',
          correctedAt: corrected.data.correctedAt,
          changes: {},
          note: '',
          erased: true,
        },
      },
      {
        type: 'ReviewArchived',
        data: {
          id: 'r1',
          archivedAt: archived.data.archivedAt,
          reason: ERASED_REASON,
          erased: true,
        },
      },
    ])
    expect(bodies(await log.readStream('review-r2'))).toEqual(
      whole.map(({ type, data }) => ({ type, data })),
    )
  })

  it('holds after a restart, and can be repeated', async () => {
    await log.erase('review-r1')
    await log.erase('review-r1')
    await log.close()
    log = openSqliteLog(file)
    expect((await log.readStream('review-r1'))[1]!.data).toMatchObject({ erased: true })
  })

  it('is seen by another process that had read the text', async () => {
    const other = openSqliteLog(file)
    onTestFinished(() => other.close())
    await other.readStream('review-r1')
    await log.append('review-r1', 4, [{ ...life.erased, ...stamp }])
    await log.erase('review-r1')
    await other.read({ after: 8 })
    expect((await other.readStream('review-r1'))[1]!.data).toMatchObject({ erased: true })
  })
})

describe('a key that is not the right one is damage', () => {
  const damaged = async (reason: RegExp) => {
    log = openSqliteLog(file)
    await expect(log.readStream('review-r1')).rejects.toMatchObject({
      name: 'LogDamaged',
      position: 2,
      reason: expect.stringMatching(reason),
    })
    expect((await log.read({ after: 0 })).map(event => event.position)).toEqual([1])
  }

  it('where it is missing', async () => {
    keys().exec(`DELETE FROM keys WHERE id = '${keyIdOf(2)}'`)
    await log.close()
    await damaged(/^the key of its text, [0-9a-f]{32}, is missing$/)
  })

  it('where it is another', async () => {
    keys().exec(
      `UPDATE keys SET key = (SELECT key FROM keys WHERE id = '${keyIdOf(6)}') WHERE id = '${keyIdOf(2)}'`,
    )
    await log.close()
    await damaged(/^the key of its text, [0-9a-f]{32}, is another key$/)
  })
})

it('keeps an older log with plain texts working, and says that it cannot erase them', async () => {
  const plain = storedIn(file)[2]!
  tamper(
    file,
    `UPDATE events SET data = '${JSON.stringify(corrected.data)}' WHERE position = ${plain.position}`,
  )
  expect(await log.isSealed('review-r1')).toBe(false)
  expect(await log.isSealed('review-r2')).toBe(true)
})

it('has the key of every event on disk, however its process ends', async () => {
  for (let round = 0; round < 4; round++) {
    const appender = await startAppender(file, {
      onAck: one => one.acknowledged.length >= 5 + round * 7 && one.kill(),
    })
    expect((await appender.ended).how).toBe('SIGKILL')
    const again = openSqliteLog(file)
    const events = await again.read({ after: 8, limit: 5000 })
    expect(events.length).toBeGreaterThanOrEqual(appender.acknowledged.length)
    expect(events.filter(event => 'erased' in event.data)).toEqual([])
    await again.close()
  }
})
