/** The operator's command line against real data folders and a running server. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openApp } from '../../server/db/open'
import { openViews } from '../../server/db/views-file'
import { startAtHead } from '../../server/delivery/ledger/lease'
import { openSqliteLog } from '../../server/log/sqlite/sqlite'
import type { ViewTables } from '../../server/queries/tables'
import { life } from '../projections/life'
import { mymovies } from '../support/mymovies'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mymovies-cli-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

/** The events of an archived review; `except` leaves out the archiving event. */
async function withFacts(except?: 'archived') {
  const log = openSqliteLog(join(dataDir, 'log.sqlite'))
  await log.append(
    'review-r1',
    'none',
    [life.drafted, life.published, ...(except ? [] : [life.archived])].map(event => ({
      ...event,
      meta: { actor: 'ines' },
      at: '2026-11-02T11:00:00.000Z',
    })),
  )
  await log.close()
}

it('lists its commands, and says so if it is given an unknown one', async () => {
  expect(await mymovies(dataDir, 'help')).toMatchObject({
    code: 0,
    output: expect.stringMatching(/verify +checks/),
  })
  expect(await mymovies(dataDir)).toMatchObject({
    code: 0,
    output: expect.stringContaining('verify'),
  })
  expect(await mymovies(dataDir, 'dance')).toMatchObject({
    code: 2,
    output: expect.stringContaining('There is no command "dance"'),
  })
})

it.each([['--help'], ['-h'], ['help']])('%s shows the list', async (...args) => {
  expect(await mymovies(dataDir, ...args)).toMatchObject({
    code: 0,
    output: expect.stringMatching(/verify +checks/),
  })
})

it.each([
  ['backup', '--help'],
  ['replay', 'push', '-h'],
  ['help', 'export'],
])('%s %s shows how that command is used, and does nothing', async (...args) => {
  const name = args.find(arg => /^[a-z]+$/.test(arg) && arg !== 'help')!
  expect(await mymovies(dataDir, ...args)).toMatchObject({
    code: 0,
    output: expect.stringMatching(
      new RegExp(`^npm run mymovies -- ${name} [^\\n]+\\n  [a-z].*\\n$`),
    ),
  })
  expect(readdirSync(dataDir)).toEqual([])
})

it.each([
  ['verify', 'x'],
  ['parts', 'x'],
  ['dead-letters', 'x'],
  ['rebuild', 'reviews', 'movies'],
  ['redrive', '1', '2'],
  ['critic:add', 'a@example.org', 'A', 'critic', 'x'],
  ['export', 'a', 'b'],
  ['import', 'a', 'b'],
  ['backup', '--full', 'x'],
  ['verify', '--fast'],
])('%s with what it does not take is refused with its usage', async (...args) => {
  await withFacts()
  const { code, output } = await mymovies(dataDir, ...args)
  expect([code, output]).toEqual([
    2,
    expect.stringMatching(
      new RegExp(
        `^(?:Too many arguments|There is no option --\\w+)\\. Usage: npm run mymovies -- ${args[0]}.*\\n$`,
      ),
    ),
  ])
})

it.each([
  ['parts'],
  ['dead-letters'],
  ['redrive', '1'],
  ['rebuild'],
  ['critic:add', 'a@example.org', 'A'],
  ['replay', 'push', '--from', '1', '--dry-run'],
  ['verify'],
  ['export', 'x'],
  ['backup', 'x'],
])('%s makes no databases where there is no log', async (...args) => {
  expect(await mymovies(dataDir, ...args)).toEqual({
    code: 1,
    output: `There is no log in ${dataDir}. Is NUXT_DATA_DIR the server's?\n`,
  })
  expect(readdirSync(dataDir)).toEqual([])
})

describe.each([
  ['parts'],
  ['rebuild'],
  ['redrive', '1'],
  ['critic:add', 'a@example.org', 'A'],
  ['replay', 'push', '--from', '1'],
])('%s says in one sentence', (...args) => {
  it.each([
    [
      'that the log is damaged',
      'log.sqlite',
      `DROP TRIGGER facts_do_not_change; UPDATE events SET at = '2020-01-01T00:00:00.000Z'`,
      /damaged at position 1\b/,
      ['rebuild', 'replay'],
    ],
    [
      'that the log is of a newer release',
      'log.sqlite',
      'PRAGMA user_version = 99',
      /^The log was written by a newer release/,
      ['parts', 'rebuild', 'replay'],
    ],
    [
      'that the ledger is of a newer release',
      'app.sqlite',
      `INSERT INTO kysely_migration VALUES ('9999-later', '2030')`,
      /^The ledger \(app\.sqlite\) was written by a newer release \(it has the migration 9999-later\)/,
      ['parts', 'redrive', 'critic:add', 'replay'],
    ],
  ])('%s', async (_, name, damage, says, by) => {
    await withFacts()
    await (await openApp(join(dataDir, 'app.sqlite'))).destroy()
    const file = new DatabaseSync(join(dataDir, name))
    file.exec(damage)
    file.close()
    const { code, output } = await mymovies(dataDir, ...args)
    expect(output).not.toMatch(/^ +at /m)
    if (by.includes(args[0]!))
      expect([code, output.trim().split('\n').at(-1)]).toEqual([1, expect.stringMatching(says)])
  })
})

it('refuses an invalid setting of a part', async () => {
  await withFacts()
  expect(await mymovies({ dataDir, env: { NUXT_X_LINK: 'foo' } }, 'parts')).toEqual({
    code: 1,
    output: 'NUXT_X_LINK must be post, reply or none.\n',
  })
})

describe('verify', () => {
  it('finds an intact log intact', async () => {
    await withFacts()
    expect(await mymovies(dataDir, 'verify')).toEqual({
      code: 0,
      output: 'log: 3 events, the hash chain is intact\nlog.sqlite: intact\n',
    })
  })

  it('finds every read model as the log adds up to it, or says which is not', async () => {
    await withFacts()
    await mymovies(dataDir, 'rebuild')
    expect(await mymovies(dataDir, 'verify')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/latest_reviews.*, search: as folded anew from 3 events\n$/),
    })
    const views = new DatabaseSync(join(dataDir, 'views.sqlite'))
    views.exec("UPDATE critics_v1 SET name = 'Nobody'")
    views.close()
    expect(await mymovies(dataDir, 'verify')).toMatchObject({
      code: 1,
      output: expect.stringMatching(
        /^The read model critics differs from the log at position 3: ines, name is "Nobody", and should be "Ines/,
      ),
    })
  })

  it('reports the event that was changed', async () => {
    await withFacts()
    const file = new DatabaseSync(join(dataDir, 'log.sqlite'))
    file.exec(
      "DROP TRIGGER facts_do_not_change; UPDATE events SET data = replace(data, 'Okafor', 'Nobody') WHERE position = 2",
    )
    file.close()
    expect(await mymovies(dataDir, 'verify')).toMatchObject({
      code: 1,
      output: expect.stringContaining('damaged at position 2'),
    })
  })

  it('asks for the right folder if there is no log', async () => {
    expect(await mymovies(dataDir, 'verify')).toMatchObject({
      code: 1,
      output: expect.stringContaining('NUXT_DATA_DIR'),
    })
  })
})

describe('rebuild', () => {
  it('folds the log again, for all projections or one', async () => {
    await withFacts()
    expect(await mymovies(dataDir, 'rebuild')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/reviews.*: rebuilt from 3 events/),
    })
    const views = new DatabaseSync(join(dataDir, 'views.sqlite'))
    const table = views
      .prepare('SELECT name FROM sqlite_master WHERE type = ? AND name GLOB ?')
      .get('table', 'reviews_v[0-9]*')!.name
    views.exec(`DELETE FROM ${table}`)
    views.close()
    expect(await mymovies(dataDir, 'rebuild', 'reviews')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^reviews: rebuilt from 3 events/),
    })
    const again = new DatabaseSync(join(dataDir, 'views.sqlite'), { readOnly: true })
    expect(again.prepare('SELECT status FROM reviews').all()).toMatchObject([
      { status: 'archived' },
    ])
    again.close()
  })

  it('refuses an unknown name', async () => {
    expect(await mymovies(dataDir, 'rebuild', 'weather')).toMatchObject({
      code: 2,
      output: expect.stringContaining('There is no projection "weather"'),
    })
  })

  it('works beside a server that has the file open', async () => {
    await withFacts()
    await mymovies(dataDir, 'rebuild')
    const held = openViews<ViewTables>(join(dataDir, 'views.sqlite'))
    await held.selectFrom('checkpoints').selectAll().execute()
    expect(await mymovies(dataDir, 'rebuild', 'reviews')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^reviews: rebuilt from 3 events/m),
    })
    expect(await held.selectFrom('reviews').select('status').execute()).toEqual([
      { status: 'archived' },
    ])
    await held.destroy()
  })
})

describe('critic:add', () => {
  it('creates an account and prints its password once', async () => {
    await withFacts()
    expect(await mymovies(dataDir, 'critic:add', 'ines@example.org', 'Ines Okafor')).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^Ines Okafor can sign in as ines@example.org \(critic\)\. Password: \S{16}\n$/,
      ),
    })
    expect(
      await mymovies(dataDir, 'critic:add', 'ines@example.org', 'Somebody else'),
    ).toMatchObject({ code: 1, output: expect.stringContaining('already an account') })
  })

  it.each([
    [[], 'EMAIL is not an email address; NAME is missing'],
    [['ines', 'Ines'], 'EMAIL is not an email address'],
    [['ines@example.org', ' '], 'NAME is missing'],
    [['ines@example.org', 'Ines\nOkafor'], 'NAME must be one line'],
    [['ines@example.org', 'Ines', 'boss'], 'ROLE must be critic, editor or owner'],
  ])('refuses %j', async (args, message) => {
    expect(await mymovies(dataDir, 'critic:add', ...args)).toEqual({
      code: 2,
      output: `${message}\n`,
    })
  })
})

describe('parts, dead-letters and redrive', () => {
  async function withDeadLetter(): Promise<number> {
    if (!existsSync(join(dataDir, 'log.sqlite'))) await withFacts()
    const app = await openApp(join(dataDir, 'app.sqlite'))
    const row = {
      reactor: 'push',
      event_id: 'e1',
      position: 1,
      review_id: 'r1',
      type: 'ReviewPublished',
      recipient: 'p1',
      origin: '',
      state: 'dead' as const,
      reason: '410 Gone',
      attempts: 8,
      due_at: 1,
      created_at: 1,
      updated_at: 1,
    }
    const { id } = await app
      .insertInto('deliveries')
      .values(row)
      .returning('id')
      .executeTakeFirstOrThrow()
    await app.destroy()
    return id
  }

  it('shows the state of every part', async () => {
    await withDeadLetter()
    expect(await mymovies(dataDir, 'parts')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^part .*dead.*\n(?:.*\n)*push +\S.* 1/),
    })
  })

  it('says what is wrong while something is waiting, and nothing once it is over', async () => {
    const id = await withDeadLetter()
    const app = await openApp(join(dataDir, 'app.sqlite'))
    await startAtHead(app, 'push', async () => 3, 1)
    await app
      .updateTable('consumers')
      .set({ last_error: 'push.example does not answer', last_error_at: 1 })
      .execute()
    expect((await mymovies(dataDir, 'parts')).output).not.toContain('push.example')
    await app.updateTable('deliveries').set({ state: 'retry' }).where('id', '=', id).execute()
    expect((await mymovies(dataDir, 'parts')).output).toContain('push.example does not answer')
    await app.destroy()
  })

  it('lists what was given up and sends it again', async () => {
    await withFacts()
    expect(await mymovies(dataDir, 'dead-letters')).toEqual({
      code: 0,
      output: 'No dead letters.\n',
    })
    const id = await withDeadLetter()
    expect(await mymovies(dataDir, 'dead-letters')).toMatchObject({
      code: 0,
      output: expect.stringMatching(new RegExp(`\\n${id} +push +r1 .*410 Gone`)),
    })
    expect(await mymovies(dataDir, 'redrive', String(id))).toEqual({
      code: 0,
      output: `${id} is due again.\n`,
    })
    expect(await mymovies(dataDir, 'redrive', String(id))).toEqual({
      code: 1,
      output: `There is no dead letter ${id} (any more).\n`,
    })
    expect(await mymovies(dataDir, 'redrive', 'all')).toMatchObject({
      code: 2,
      output: expect.stringContaining('Which one?'),
    })
  })
})

describe('replay', () => {
  it('shows what it would send, and plans it only once', async () => {
    await withFacts('archived')
    const app = await openApp(join(dataDir, 'app.sqlite'))
    const reader = {
      wants: '{}',
      state: 'active' as const,
      frequency: 'instant' as const,
      min_rating: 0,
      asked: null,
      asked_at: 0,
      letters: 0,
      confirmed_at: 1,
      position: 0,
    }
    await app
      .insertInto('mail_readers')
      .values(
        ['ada', 'bo'].map(id => ({ ...reader, id, email: `${id}@example.org`, email_hash: id })),
      )
      .execute()
    const planned = () =>
      app
        .selectFrom('deliveries')
        .select(['reactor', 'position', 'recipient', 'state'])
        .orderBy('recipient')
        .execute()

    expect(await mymovies(dataDir, 'replay', 'email', '--from', '0', '--dry-run')).toEqual({
      code: 0,
      output: expect.stringMatching(
        /^review +event +deliveries +title\nr1 +ReviewPublished +2 +Everyone in Vienna\n2 would be sent; 0 were sent, wait or were skipped, /,
      ),
    })
    expect(await planned()).toEqual([])
    expect(await mymovies(dataDir, 'replay', 'email', '--from', '1')).toMatchObject({
      code: 0,
      output: expect.stringContaining('2 are due now; 0 were sent, wait or were skipped'),
    })
    expect(await planned()).toEqual(
      ['ada', 'bo'].map(recipient => ({
        reactor: 'email',
        position: 2,
        recipient,
        state: 'pending',
      })),
    )
    expect(await mymovies(dataDir, 'replay', 'email', '--from', '2')).toEqual({
      code: 0,
      output: '0 are due now; 2 were sent, wait or were skipped, and are left alone.\n',
    })
    await app.destroy()
  })
})
