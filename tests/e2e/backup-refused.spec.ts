/** What backup, restore and replay refuse: one line says why and what to do, and nothing is changed. */
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openApp } from '../../server/db/open'
import { startAtHead } from '../../server/delivery/ledger/lease'
import { openSqliteLog } from '../../server/log/sqlite/sqlite'
import { tamper } from '../log/support'
import { life } from '../projections/life'
import { mymovies } from '../support/mymovies'

const folder = mkdtempSync(join(tmpdir(), 'mymovies-refused-'))
const data = join(folder, 'data')
const whole = join(folder, 'whole')
const broken = join(folder, 'broken')
const target = join(folder, 'target')
const stamped = [life.drafted, life.published, life.archived].map(event => ({
  ...event,
  meta: { actor: 'ines' },
  at: '2026-11-02T11:00:00.000Z',
}))

beforeAll(async () => {
  const log = openSqliteLog(join(data, 'log.sqlite'))
  await log.append('review-r1', 'none', stamped)
  await log.close()
  const app = await openApp(join(data, 'app.sqlite'))
  await startAtHead(app, 'push', async () => 3, 1)
  await app.destroy()
  for (const [name, text] of [
    ['secrets/session', 'secret'],
    ['secrets/vapid.json.0123456789ab', 'half'],
    ['uploads/0f.webp', 'picture'],
    ['uploads/.0f.webp-draft', 'half'],
  ] as const) {
    mkdirSync(join(data, name, '..'), { recursive: true })
    writeFileSync(join(data, name), text)
  }
  expect((await mymovies(data, 'backup', whole)).code).toBe(0)
})
beforeEach(() => {
  for (const used of [broken, target]) rmSync(used, { recursive: true, force: true })
  cpSync(whole, broken, { recursive: true })
})
afterAll(() => rmSync(folder, { recursive: true }))

async function expectRefusal(
  over: Parameters<typeof mymovies>[0],
  args: string[],
  code: number,
  message: RegExp,
) {
  const refused = await mymovies(over, ...args)
  expect(refused).toEqual({ code, output: expect.stringMatching(message) })
  expect(refused.output.trim().split('\n')).toHaveLength(1)
}

describe('backup', () => {
  it('takes only finished files and is readable by nobody else', () => {
    expect(readdirSync(whole, { recursive: true }).sort()).toEqual([
      'app.sqlite',
      'keys.sqlite',
      'log.sqlite',
      'manifest.json',
      'secrets',
      'secrets/session',
      'uploads',
      'uploads/0f.webp',
    ])
    expect(
      ['', 'log.sqlite', 'keys.sqlite', 'manifest.json', 'secrets', 'secrets/session'].map(name =>
        (statSync(join(whole, name)).mode & 0o777).toString(8),
      ),
    ).toEqual(['700', '600', '600', '600', '700', '600'])
  })

  it('goes into an existing empty folder', async () => {
    mkdirSync(target)
    expect(await mymovies(data, 'backup', target)).toMatchObject({
      code: 0,
      output: expect.stringContaining('3 events, 5 files'),
    })
  })

  it.each<[string, () => string[], number, RegExp]>([
    ['no DIR', () => [], 2, /^Where to\?/],
    ['two of them', () => ['a', 'b'], 2, /^Too many arguments\. Usage: .* backup DIR$/m],
    ['the data folder', () => [data], 2, /is in the data folder/],
    ['a DIR in the data folder', () => [join(data, 'copies/today')], 2, /is in the data folder/],
    [
      'a DIR that leads there',
      () => {
        symlinkSync(data, target)
        return [join(target, 'today')]
      },
      2,
      /is in the data folder/,
    ],
    ['a DIR that is not empty', () => [whole], 1, /is not empty/],
    [
      'a file',
      () => [join(whole, 'manifest.json')],
      1,
      /\/manifest\.json is not a folder, or not in one\.$/m,
    ],
    [
      'a DIR in a file',
      () => [join(whole, 'manifest.json/today')],
      1,
      /\/manifest\.json\/today is not a folder, or not in one\.$/m,
    ],
    [
      'a place where nothing can be made',
      () => ['/proc/today'],
      1,
      /^\/proc\/today (?:cannot be created there|cannot be opened by this user|cannot be changed by this user)\.$/m,
    ],
  ])('refuses %s', async (_, args, code, message) => {
    const given = args()
    const names = () => readdirSync(folder, { recursive: true }).sort()
    const before = names()
    await expectRefusal(data, ['backup', ...given], code, message)
    expect(names()).toEqual(before)
  })

  it.each<[string, string, RegExp]>([
    [
      'a log whose chain does not hold',
      `UPDATE events SET at = '2020-01-01T00:00:00.000Z' WHERE position = 2`,
      /^The log is damaged at position 2/,
    ],
    [
      'a log that has lost its end',
      'DELETE FROM events WHERE position = 3; DELETE FROM checked',
      /^The log ends at position 2, and the parts have read up to 3/,
    ],
  ])('does not copy %s', async (_, sql, message) => {
    rmSync(broken, { recursive: true })
    cpSync(data, broken, { recursive: true })
    tamper(join(broken, 'log.sqlite'), sql)
    await expectRefusal(broken, ['backup', target], 1, message)
    await expectRefusal(broken, ['verify'], 1, message)
    expect(existsSync(target)).toBe(false)
  })

  it('refuses a folder without a log', async () => {
    await expectRefusal(
      join(folder, 'nothing'),
      ['backup', target],
      1,
      /^There is no log in .*NUXT_DATA_DIR/,
    )
    expect(existsSync(target)).toBe(false)
  })
})

const file = (name: string) => join(broken, name)
type Held = {
  at: string
  version: number
  format: string
  log: { position: number }
  versions: { log: number; app: string }
  files: Record<string, { bytes: number; sha256: string }>
}
function rewrite(change: (held: Held) => void) {
  const held = JSON.parse(readFileSync(file('manifest.json'), 'utf8')) as Held
  change(held)
  writeFileSync(file('manifest.json'), JSON.stringify(held))
}
/** Changes a file and updates the manifest to match. */
const reseal = (name: string) =>
  rewrite(({ files }) => {
    const bytes = readFileSync(file(name))
    files[name] = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
  })
function inLog(sql: string) {
  tamper(file('log.sqlite'), sql)
  reseal('log.sqlite')
}

describe('restore', () => {
  it.each<[string, () => void, RegExp]>([
    [
      'a folder that is not there',
      () => rmSync(broken, { recursive: true }),
      /is not a backup: it has no readable manifest\.json/,
    ],
    [
      'a folder without a manifest',
      () => rmSync(file('manifest.json')),
      /is not a backup: it has no readable manifest\.json/,
    ],
    [
      'a manifest that was cut',
      () => truncateSync(file('manifest.json'), 100),
      /is not valid JSON: this backup is damaged/,
    ],
    [
      'the manifest of something else',
      () => writeFileSync(file('manifest.json'), '{"name":"app"}'),
      /is not the manifest of a backup/,
    ],
    [
      'a manifest that is no object',
      () => writeFileSync(file('manifest.json'), 'null'),
      /is not the manifest of a backup/,
    ],
    [
      'a manifest that leads out',
      () =>
        rewrite(({ files }) => {
          files['uploads/../../x'] = files['log.sqlite']!
        }),
      /is not the manifest of a backup/,
    ],
    [
      'a manifest without a log',
      () =>
        rewrite(({ files }) => {
          delete files['log.sqlite']
        }),
      /is not the manifest of a backup/,
    ],
    [
      'a newer manifest',
      () =>
        rewrite(held => {
          held.version = 2
        }),
      /made by a newer release/,
    ],
    [
      'a newer log file',
      () =>
        rewrite(held => {
          held.versions.log = 2
        }),
      /made by a newer release: the log was written/,
    ],
    [
      'a newer app.sqlite',
      () =>
        rewrite(held => {
          held.versions.app = '0999-robots'
        }),
      /made by a newer release: app\.sqlite has the migration 0999-robots/,
    ],
    [
      'a file that is missing',
      () => rmSync(file('uploads/0f.webp')),
      /is incomplete: uploads\/0f\.webp is missing/,
    ],
    [
      'a log that was cut',
      () => truncateSync(file('log.sqlite'), 8192),
      /is damaged: log\.sqlite has 8192 bytes, not/,
    ],
    [
      'a secret that was changed',
      () => writeFileSync(file('secrets/session'), 'SECRET'),
      /is damaged: secrets\/session is not as it was written/,
    ],
    [
      'a log whose chain does not hold',
      () => inLog(`UPDATE events SET at = '2020-01-01T00:00:00.000Z' WHERE position = 2`),
      /log in the backup is damaged at position 2/,
    ],
    [
      'a log that ends too early',
      () => inLog('DELETE FROM events WHERE position = 3'),
      /ends at position 2, but its manifest says 3/,
    ],
    [
      'events of a newer release',
      () => inLog('UPDATE events SET schema_version = 9 WHERE position = 2'),
      /newer release: ReviewPublished of schema version 9/,
    ],
    [
      'a key that is gone',
      () => {
        tamper(file('keys.sqlite'), 'DELETE FROM keys')
        reseal('keys.sqlite')
      },
      /The text at position 2 of the backup cannot be read: the key of its text, [0-9a-f]{32}, is missing/,
    ],
    [
      'what is no database',
      () => {
        writeFileSync(file('app.sqlite'), 'x'.repeat(4096))
        reseal('app.sqlite')
      },
      /file is not a database/,
    ],
  ])('puts nothing in place of %s', async (_, damage, message) => {
    damage()
    await expectRefusal(target, ['restore', broken], 1, message)
    expect(existsSync(target) ? readdirSync(target) : []).toEqual([])
  })

  it.each<[string[], RegExp]>([
    [[], /^Which one\?/],
    [['a', 'b'], /^Too many arguments\. Usage: .* restore DIR$/m],
  ])('%j is not understood', (args, message) =>
    expectRefusal(target, ['restore', ...args], 2, message),
  )

  it('goes into an empty folder, with everything from the backup', async () => {
    mkdirSync(target)
    expect((await mymovies(target, 'restore', whole)).code).toBe(0)
    expect(readdirSync(target, { recursive: true }).sort()).toEqual([
      'app.sqlite',
      'keys.sqlite',
      'log.sqlite',
      'secrets',
      'secrets/session',
      'uploads',
      'uploads/0f.webp',
    ])
    expect(readFileSync(join(target, 'secrets/session'), 'utf8')).toBe('secret')
    const app = new DatabaseSync(join(target, 'app.sqlite'), { readOnly: true })
    expect(app.prepare('SELECT name, checkpoint, paused FROM consumers').all()).toEqual([
      { name: 'push', checkpoint: 3, paused: 1 },
    ])
    app.close()
  })

  it('is never mixed with other data', async () => {
    mkdirSync(target)
    writeFileSync(join(target, 'notes.txt'), 'mine')
    await expectRefusal(target, ['restore', whole], 1, /is not empty\. .*NUXT_DATA_DIR/)
    expect(readdirSync(target)).toEqual(['notes.txt'])
  })

  it('is refused while a server is running', async () => {
    const log = openSqliteLog(join(target, 'log.sqlite'))
    await expectRefusal(target, ['restore', whole], 1, /^A server is running on .* Stop it/)
    await log.close()
  })
})

describe('replay', () => {
  const NO_POSITION = /POSITION counts the events of the log from 1/
  it.each<[string[], RegExp]>([
    [[], /^Which part, from where\?/],
    [['weather', '--from', '1'], /^There is no part "weather", only .*push/],
    [['push'], /^--from is missing/],
    [['push', '--from'], /^Which part, from where\?/],
    [['push', '--from', '-3'], NO_POSITION],
    [['push', '--from=00'], NO_POSITION],
    [['push', '--from', '1.5'], NO_POSITION],
    [['push', '--from', 'yesterday'], NO_POSITION],
    [['push', '--from', '4'], /^POSITION is beyond the log, which ends at 3/],
    [['push', '--from', '1', '--really'], /^There is no option --really\. Usage: .* replay PART/],
    [['push', 'email', '--from', '1'], /^Which part, from where\?/],
  ])('%j is not understood', (args, message) =>
    expectRefusal(data, ['replay', ...args], 2, message),
  )
})
