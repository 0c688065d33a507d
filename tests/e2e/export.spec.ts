/** The log as text: out of one data folder and into another, with the same positions, ids and hashes, or not at all. */
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openApp } from '../../server/db/open'
import { link } from '../../server/log/hash-chain'
import { openSqliteLog } from '../../server/log/sqlite/sqlite'
import type { StoredEvent } from '../../server/log/stored-event'
import { canonical } from '../../shared/canonical'
import { tamper } from '../log/support'
import { life } from '../projections/life'
import { cli, mymovies } from '../support/mymovies'
import { startServer } from '../support/server'

let folder: string
let from: string
let to: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mymovies-export-'))
  ;[from, to, file] = [join(folder, 'from'), join(folder, 'to'), join(folder, 'log.ndjson')]
})
afterEach(() => rmSync(folder, { recursive: true }))

const stamp = { meta: { actor: 'ines' }, at: '2026-11-02T11:00:00.000Z' }
const archived = (reason: string) => ({
  type: 'ReviewArchived' as const,
  data: { id: 'r2', reason, archivedAt: stamp.at },
  ...stamp,
})

/** Several commands, one with two events, an event of 1 MB, and characters that trip up a careless line reader. */
async function withFacts() {
  const log = openSqliteLog(join(from, 'log.sqlite'))
  await log.append(
    'review-r1',
    'none',
    [life.drafted, life.published].map(event => ({ ...event, ...stamp })),
    { commandId: 'ines:publish:1' },
  )
  await log.append('review-r2', 'none', [
    archived('two\nlines\u2028and three \u0085 \u{1F3AC} "quoted"'),
  ])
  await log.append('review-r2', 1, [archived('x'.repeat(1 << 20))], {
    commandId: 'ines:archive:1',
  })
  await log.append('review-r1', 2, [{ ...life.archived, ...stamp }])
  await log.close()
}
const events = (dataDir: string) => {
  const db = new DatabaseSync(join(dataDir, 'log.sqlite'), { readOnly: true })
  try {
    return db.prepare('SELECT * FROM events ORDER BY position').all()
  } finally {
    db.close()
  }
}
async function exported(): Promise<string[]> {
  await withFacts()
  expect(await mymovies(from, 'export', file)).toMatchObject({
    code: 0,
    output: expect.stringContaining('5 events'),
  })
  return readFileSync(file, 'utf8').split('\n').slice(0, -1)
}
/** An event that was changed and rehashed, so that only its meaning is wrong. */
function rechained(line: string, before: string, change: object): string {
  const { last, ...event } = { ...JSON.parse(line), ...change }
  const row: StoredEvent = { ...event, meta: canonical(event.meta), data: canonical(event.data) }
  return JSON.stringify({
    ...event,
    hash: link(JSON.parse(before).hash, row),
    ...(last && { last }),
  })
}

describe('export and import', () => {
  it('carry every event unchanged', async () => {
    const lines = await exported()
    expect(
      lines
        .map(line => JSON.parse(line))
        .map(({ position, type, commandId }) => [position, type, commandId]),
    ).toEqual([
      [1, 'ReviewDrafted', 'ines:publish:1'],
      [2, 'ReviewPublished', 'ines:publish:1'],
      [3, 'ReviewArchived', null],
      [4, 'ReviewArchived', 'ines:archive:1'],
      [5, 'ReviewArchived', null],
    ])
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600')
    expect(await mymovies(to, 'import', file)).toMatchObject({
      code: 0,
      output: expect.stringContaining('5 events, the hash chain is intact'),
    })
    expect(events(to)).toEqual(events(from))
    expect(await mymovies(to, 'verify')).toMatchObject({ code: 0 })
    // Commands that were carried out are still known, and a slug still belongs to its review.
    const log = openSqliteLog(join(to, 'log.sqlite'))
    expect(await log.append('review-r1', 'any', [], { commandId: 'ines:publish:1' })).toMatchObject(
      { repeated: true, events: [{ position: 1 }, { position: 2 }] },
    )
    await log.close()
    const app = new DatabaseSync(join(to, 'app.sqlite'), { readOnly: true })
    expect(app.prepare('SELECT slug, review_id FROM slugs').all()).toEqual([
      { slug: life.published.data.slug, review_id: 'r1' },
    ])
    app.close()
  })

  it('write to the standard output and read from the standard input', async () => {
    await exported()
    const piped = await mymovies(from, 'export', '-')
    expect(piped).toEqual({ code: 0, output: readFileSync(file, 'utf8') })
    expect(await mymovies({ dataDir: to, input: piped.output }, 'import', '-')).toMatchObject({
      code: 0,
    })
    expect(events(to)).toEqual(events(from))
  })

  it('accept CR/LF, a byte order mark, empty lines and keys in another order', async () => {
    const lines = await exported()
    const shuffled = lines.map(line =>
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).reverse())),
    )
    writeFileSync(file, `\uFEFF${shuffled.join('\r\n\r\n')}`)
    expect(await mymovies(to, 'import', file)).toMatchObject({ code: 0 })
    expect(events(to)).toEqual(events(from))
  })

  const replaced =
    (n: number, change: (line: string, before: string) => string) => (lines: string[]) =>
      lines.map((line, i) => (i === n - 1 ? change(line, lines[i - 1]!) : line)).join('\n')
  it.each<[string, (lines: string[]) => string | Buffer, RegExp]>([
    [
      'a word that was changed',
      replaced(3, line => line.replace('2026-11-02', '2026-11-03')),
      /^Line 3: Its hash does not match/,
    ],
    [
      'a line that is gone',
      lines => lines.filter((_, i) => i !== 2).join('\n'),
      /^Line 3: Position 4 is where 3 should be/,
    ],
    [
      'a line twice',
      lines => [lines[0], ...lines].join('\n'),
      /^Line 2: Position 1 is where 2 should be/,
    ],
    [
      'a line twice in the middle',
      lines => [...lines.slice(0, 3), ...lines.slice(2)].join('\n'),
      /^Line 4: Position 3 is where 4 should be/,
    ],
    [
      'two lines in another order',
      lines => [lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n'),
      /^Line 2: Position 3 is where 2 should be/,
    ],
    [
      'the whole file in another order',
      lines => lines.toReversed().join('\n'),
      /^Line 1: Position 5 is where 1 should be/,
    ],
    [
      'positions that were counted anew',
      lines =>
        lines
          .slice(1)
          .map((line, i) => JSON.stringify({ ...JSON.parse(line), position: i + 1 }))
          .join('\n'),
      /^Line 1: Its hash does not match/,
    ],
    [
      'a cut within a line',
      lines => lines.join('\n').slice(0, -10),
      /^Line 5: It is not valid JSON/,
    ],
    [
      'a cut between two lines',
      lines => lines.slice(0, 4).join('\n'),
      /^The file ends after position 4, .*: it was cut/,
    ],
    [
      'more after the end',
      lines => [...lines, lines[0]].join('\n'),
      /^Line 6: It comes after the event that is marked as the last/,
    ],
    ['no event at all', () => '', /^There is no event in it/],
    ['what is no JSON', replaced(2, () => 'Dear Sir'), /^Line 2: It is not valid JSON/],
    ['what is no fact', replaced(2, () => '{"position":2}'), /^Line 2: Id: /],
    [
      'a field that no event has',
      replaced(2, line => line.replace('{', '{"weather":"rain",')),
      /^Line 2: .*weather/,
    ],
    [
      'a type that nobody knows',
      replaced(5, (line, before) => rechained(line, before, { type: 'ReviewLauded' })),
      /^Line 5: This release does not know "ReviewLauded"/,
    ],
    [
      'the type of every object',
      replaced(5, (line, before) => rechained(line, before, { type: 'constructor' })),
      /^Line 5: This release does not know "constructor"/,
    ],
    [
      'a newer schema version',
      replaced(5, (line, before) => rechained(line, before, { schemaVersion: 9 })),
      /^Line 5: ReviewArchived of schema version 9 was written by a newer release; this one knows 1/,
    ],
    [
      'a version that is not the next',
      replaced(5, (line, before) => rechained(line, before, { version: 7 })),
      /^Line 5: Version 7 of review-r1 is not the next one/,
    ],
    [
      'an id that is there',
      replaced(5, (line, before) => rechained(line, before, { id: JSON.parse(before).id })),
      /^Line 5: Its id or its command is in the log already/,
    ],
    [
      'a line without end',
      replaced(2, () => 'x'.repeat(17 << 20)),
      /^Line 2: It is longer than 16384 kB/,
    ],
    [
      'what is not UTF-8',
      lines => Buffer.concat([Buffer.from(`${lines[0]}\n{"`), Buffer.from([0xff, 0x0a])]),
      /^Line 2: It is not UTF-8/,
    ],
    ['UTF-16', lines => Buffer.from(`\uFEFF${lines[0]}\n`, 'utf16le'), /^The file is UTF-16/],
  ])('take nothing of a file with %s', async (_, damage, message) => {
    writeFileSync(file, damage(await exported()))
    const refused = await mymovies(to, 'import', file)
    expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(message) })
    expect(refused.output.trim().split('\n')).toHaveLength(1)
    expect(readdirSync(to)).toEqual([])
  })
})

describe('sealed texts', () => {
  const keysIn = (dataDir: string) => {
    const db = new DatabaseSync(join(dataDir, 'keys.sqlite'), { readOnly: true })
    try {
      return db.prepare('SELECT id, key FROM keys ORDER BY id').all()
    } finally {
      db.close()
    }
  }
  const readBack = async (dataDir: string) => {
    const log = openSqliteLog(join(dataDir, 'log.sqlite'))
    const [, published] = await log.readStream('review-r1')
    await log.close()
    return published!.data
  }

  it('travel with their keys, each key once', async () => {
    const lines = (await exported()).map(line => JSON.parse(line))
    expect(lines.map(line => Boolean(line.key))).toEqual([false, true, true, false, false])
    expect(lines.map(line => line.format)).toEqual([2, ...Array(4).fill(undefined)])
    await mymovies(to, 'import', file)
    expect(await readBack(to)).toEqual(life.published.data)
    expect(keysIn(to)).toEqual(keysIn(from))
  })

  it('stay erased, and the key of an erased review does not leave', async () => {
    await withFacts()
    const log = openSqliteLog(join(from, 'log.sqlite'))
    await log.append('review-r1', 3, [{ ...life.erased, ...stamp }])
    await log.erase('review-r1')
    await log.close()
    expect(await mymovies(from, 'export', file)).toMatchObject({ code: 0 })
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    expect(lines.map(line => Boolean(JSON.parse(line).key))).toEqual([
      false,
      false,
      true,
      false,
      false,
      false,
    ])
    expect(await mymovies(to, 'import', file)).toMatchObject({ code: 0 })
    expect(await readBack(to)).toMatchObject({ id: 'r1', erased: true })
    expect(events(to)).toEqual(events(from))
  })

  it('of an older release are sealed when they are imported', async () => {
    const plain = readFileSync('tests/review/golden-events.ndjson', 'utf8').trim().split('\n')
    const lines = plain.slice(0, 8)
    lines[7] = lines[7]!.replace(/\}$/, ',"last":true}')
    writeFileSync(file, lines.join('\n'))
    expect(await mymovies(to, 'import', file)).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^8 events.*\n6 texts of an older release were sealed/),
    })
    const old = lines.map(line => JSON.parse(line))
    expect(events(to).map(({ position, id }) => [position, id])).toEqual(
      old.map(({ position, id }) => [position, id]),
    )
    expect(readFileSync(join(to, 'log.sqlite'), 'latin1')).not.toContain('Everyone in Vienna')
    const log = openSqliteLog(join(to, 'log.sqlite'))
    const read = await log.readStream('review-review-7f3a')
    await log.close()
    expect(read.map(event => event.data)).toEqual(old.map(event => event.data))
    expect(await mymovies(to, 'verify')).toMatchObject({ code: 0 })
  })

  const withKey = (change: (key: string) => string | undefined) => (lines: string[]) =>
    lines
      .map((line, i) => {
        const event = JSON.parse(line)
        return i === 1 ? JSON.stringify({ ...event, key: change(event.key) }) : line
      })
      .join('\n')
  it.each<[string, (lines: string[]) => string, RegExp]>([
    [
      'is another',
      withKey(key => key.replace(/^./, at => (at === 'A' ? 'B' : 'A'))),
      /^Line 2: Key: it is not the key of this text/,
    ],
    ['is cut', withKey(key => key.slice(0, 8)), /^Line 2: Key: is not a key of 32 bytes/],
    [
      'is missing',
      withKey(() => undefined),
      /^The key of the text at position 2 is missing, although its review was not erased/,
    ],
    [
      'came before',
      lines => {
        const { key } = JSON.parse(lines[1]!)
        return lines
          .map((line, i) => (i === 4 ? line.replace('{', `{"key":"${key}",`) : line))
          .join('\n')
      },
      /^Line 5: Key: it came with an earlier event/,
    ],
    [
      'opens nothing',
      lines =>
        [lines[0]!.replace('{', `{"key":"${'A'.repeat(43)}=",`), ...lines.slice(1)].join('\n'),
      /^Line 1: Key: there is no sealed text that it could open/,
    ],
    [
      'is of a newer format',
      lines => [lines[0]!.replace('"format":2', '"format":3'), ...lines.slice(1)].join('\n'),
      /^Line 1: Format 3 was written by a newer release; this one knows 2/,
    ],
  ])('are not imported if a key %s', async (_, damage, message) => {
    writeFileSync(file, damage(await exported()))
    expect(await mymovies(to, 'import', file)).toMatchObject({
      code: 1,
      output: expect.stringMatching(message),
    })
    expect(readdirSync(to)).toEqual([])
  })

  it('of an older log are sealed in place, and can be erased then', async () => {
    await withFacts()
    const db = new DatabaseSync(join(from, 'log.sqlite'))
    db.exec('DROP TRIGGER facts_do_not_change')
    let previous = '0'.repeat(64)
    const readable = [life.drafted, life.published, archived('a'), archived('b'), life.archived]
    for (const [i, row] of events(from).entries()) {
      const plain = {
        ...(row as unknown as StoredEvent),
        schemaVersion: 1,
        commandId: row.command_id as string | null,
        data: canonical(readable[i]!.data),
      }
      previous = link(previous, plain)
      db.prepare('UPDATE events SET data = ?, hash = ? WHERE position = ?').run(
        plain.data,
        previous,
        i + 1,
      )
    }
    db.close()
    expect((await mymovies(from, 'verify')).output).toContain(
      '4 plain, written by an older release',
    )
    expect(await mymovies(from, 'seal')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^4 texts sealed\. The log still has 5 events/),
    })
    expect(readFileSync(join(from, 'log.sqlite'), 'latin1')).not.toContain('Everyone in Vienna')
    expect(readdirSync(from).filter(name => /partial|-wal|-shm/.test(name))).toEqual([])
    expect(await readBack(from)).toEqual(life.published.data)
    expect(await mymovies(from, 'verify')).toMatchObject({ code: 0 })
    expect((await mymovies(from, 'seal')).output).toBe('Every text on the log is sealed.\n')
  })
})

describe('import', () => {
  it('sends nothing about imported events, and lets no part get ahead of the log', async () => {
    await exported()
    const app = await openApp(join(to, 'app.sqlite'))
    const part = {
      plan_cursor: '',
      lease_owner: 'elsewhere:1:x',
      lease_until: 9e15,
      fence: 3,
      pause_reason: null,
      stopped: null,
      quota: null,
      last_error: null,
      last_error_at: null,
      updated_at: 1,
    }
    await app
      .insertInto('consumers')
      .values([
        { ...part, name: 'push', checkpoint: 0, paused: 0 },
        { ...part, name: 'email', checkpoint: 70, paused: 1, pause_reason: 'paused by Ines' },
      ])
      .execute()
    expect((await mymovies(to, 'import', file)).code).toBe(0)
    const parts = await app
      .selectFrom('consumers')
      .select(['name', 'checkpoint', 'paused', 'pause_reason', 'lease_owner'])
      .orderBy('name')
      .execute()
    expect(parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['email', 'push', 'webhooks', 'websub']),
    )
    const imported = 'events were imported; resume when you have looked'
    expect(parts).toEqual(
      parts.map(({ name }) => ({
        name,
        checkpoint: 5,
        paused: 1,
        pause_reason: name === 'email' ? 'paused by Ines' : imported,
        lease_owner: null,
      })),
    )
    await app.destroy()
  })

  it('leaves every part of a new folder paused behind the imported events, except those not set up', async () => {
    await exported()
    expect(await mymovies(to, 'import', file)).toMatchObject({
      code: 0,
      output: expect.stringContaining('Every part is paused'),
    })
    const server = await startServer({ dataDir: to })
    onTestFinished(async () => {
      await server.stop()
    })
    const { output } = await mymovies(to, 'parts')
    for (const part of ['email', 'push', 'webhooks'])
      expect(output).toMatch(new RegExp(`^${part} +Paused +5 +0 +0 +0 +events were imported`, 'm'))
    expect(output).toMatch(/^mastodon +Not set up/m)
  })

  it('is refused if the log has events', async () => {
    await exported()
    const before = events(from)
    expect(await mymovies(from, 'import', file)).toMatchObject({
      code: 1,
      output: expect.stringContaining('The log already has 5 events'),
    })
    expect(events(from)).toEqual(before)
  })

  it('is refused while a server is running', async () => {
    await exported()
    const log = openSqliteLog(join(to, 'log.sqlite'))
    expect(await mymovies(to, 'import', file)).toMatchObject({
      code: 1,
      output: expect.stringContaining('The server is running'),
    })
    await log.close()
  })
})

describe('export', () => {
  it('writes nothing if the log is damaged', async () => {
    await withFacts()
    tamper(
      join(from, 'log.sqlite'),
      `UPDATE events SET at = '2020-01-01T00:00:00.000Z' WHERE position = 4`,
    )
    expect(await mymovies(from, 'export', file)).toMatchObject({
      code: 1,
      output: expect.stringContaining('damaged at position 4'),
    })
    expect(readdirSync(folder)).toEqual(['from'])
  })

  it('ends quietly when the reader closes the pipe', async () => {
    await withFacts()
    const child = spawn(process.execPath, [cli, 'export', '-'], {
      env: { PATH: process.env.PATH, NUXT_DATA_DIR: from },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', text => {
      complaint += text
    })
    child.stdout.once('data', () => child.stdout.destroy())
    expect(await new Promise(resolve => child.once('close', resolve))).toBe(1)
    expect(complaint).toBe('')
  })

  it('does not overwrite an existing file', async () => {
    await exported()
    writeFileSync(file, 'mine')
    expect(await mymovies(from, 'export', file)).toMatchObject({
      code: 1,
      output: expect.stringContaining('already exists'),
    })
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('an empty log is exported as an empty file, which cannot be imported', async () => {
    await openSqliteLog(join(from, 'log.sqlite')).close()
    expect(await mymovies(from, 'export', file)).toMatchObject({
      code: 0,
      output: expect.stringContaining('0 events'),
    })
    expect(readFileSync(file, 'utf8')).toBe('')
  })
})

it.each<[string[], number, RegExp]>([
  [['export'], 2, /^Where to\?/],
  [['export', 'x.ndjson'], 1, /^There is no log in /],
  [['import'], 2, /^Which one\?/],
  [['import', '/nowhere/log.ndjson'], 1, /^\/nowhere\/log\.ndjson does not exist\.$/m],
  [['import', tmpdir()], 1, /is a folder, not a file\.$/m],
])('%j is answered with one line', async (args, code, message) => {
  const { output, ...answer } = await mymovies(join(folder, 'nothing'), ...args)
  expect(answer).toEqual({ code })
  expect(output).toMatch(message)
  expect(output.trim().split('\n')).toHaveLength(1)
  expect(existsSync(join(folder, 'nothing', 'log.sqlite'))).toBe(false)
})
