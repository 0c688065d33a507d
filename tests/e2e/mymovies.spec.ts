import { mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSqliteLog } from '../../server/log/sqlite'
import { life } from '../projections/life'
import { mymovies } from '../support/mymovies'

let dataDir: string
beforeEach(() => { dataDir = mkdtempSync(join(tmpdir(), 'mymovies-cli-')) })
afterEach(() => rmSync(dataDir, { recursive: true }))

async function withFacts() {
  const log = openSqliteLog(join(dataDir, 'log.sqlite'))
  await log.append('review-r1', 'none', [life.drafted, life.published, life.archived].map(fact => ({ ...fact, meta: { actor: 'ines' }, at: '2026-11-02T11:00:00.000Z' })))
  await log.close()
}

it('lists its commands, and says so when it is asked for another', async () => {
  expect(await mymovies(dataDir, 'help')).toMatchObject({ code: 0, output: expect.stringMatching(/verify +checks/) })
  expect(await mymovies(dataDir)).toMatchObject({ code: 0, output: expect.stringContaining('verify') })
  expect(await mymovies(dataDir, 'dance')).toMatchObject({ code: 1, output: expect.stringContaining('There is no command "dance"') })
})

describe('verify', () => {
  it('finds a log whole', async () => {
    await withFacts()
    expect(await mymovies(dataDir, 'verify')).toEqual({ code: 0, output: 'log: 3 facts, the chain holds\nlog.sqlite: whole\n' })
  })

  it('names the fact that was changed', async () => {
    await withFacts()
    const file = new DatabaseSync(join(dataDir, 'log.sqlite'))
    file.exec('DROP TRIGGER facts_do_not_change; UPDATE events SET data = replace(data, \'everyone\', \'nobody\') WHERE position = 2')
    file.close()
    expect(await mymovies(dataDir, 'verify')).toMatchObject({ code: 1, output: expect.stringContaining('damaged at position 2') })
  })

  it('asks for the right folder where there is no log', async () => {
    expect(await mymovies(dataDir, 'verify')).toMatchObject({ code: 1, output: expect.stringContaining('NUXT_DATA_DIR') })
  })
})
