/** Importing readers: what other platforms export, valid or broken, is read line by line. */
import type { Kysely } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import type { AppTables } from '../../../server/db/schema'
import { importReaders } from '../../../server/imports/readers/import'
import { NotUtf8 } from '../../../server/kit/line-reader'
import { askByMail } from '../../../server/readers/confirmation/double-opt-in'
import { suppressAddress } from '../../../server/readers/unsubscribe'
import { place } from '../../readers/place'
import { subscription } from '../../readers/subscription'

const NOW = Date.parse('2026-11-23T12:00:00Z')
let app: Kysely<AppTables>
beforeEach(async () => {
  app = await place()
})

async function* inPieces(file: string | Buffer, size = 7) {
  const bytes = Buffer.from(file)
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}
const take = (file: string | Buffer, format?: 'ndjson' | 'csv', size?: number) =>
  importReaders(app, inPieces(file, size), {
    format,
    now: NOW,
    head: async () => 7,
    mayCall: url => (url.includes('10.0.0.1') ? 'leads to a private address' : undefined),
  })
const addresses = async () =>
  (
    await app
      .selectFrom('mail_readers')
      .select('email')
      .where('state', '=', 'active')
      .orderBy('email')
      .execute()
  ).map(row => row.email)

describe('NDJSON', () => {
  it('adds readers by email and by push, active at once, for events from here on', async () => {
    const lines = [
      {
        email: 'ines@example.org',
        confirmedAt: '2026-03-03T10:00:00Z',
        wants: { genres: ['Thriller'], frequency: 'daily', minRating: 3 },
      },
      { subscription: subscription('a') },
    ]
    expect(await take(lines.map(line => JSON.stringify(line)).join('\n'))).toEqual({
      imported: 2,
      skipped: [],
      skippedTotal: 0,
      reasons: {},
      warnings: [],
    })
    expect(await app.selectFrom('mail_readers').selectAll().executeTakeFirst()).toMatchObject({
      state: 'active',
      position: 7,
      frequency: 'daily',
      min_rating: 3,
      confirmed_at: Date.parse('2026-03-03T10:00:00Z'),
    })
    expect(await app.selectFrom('push_readers').selectAll().executeTakeFirst()).toMatchObject({
      position: 7,
      origin: 'https://push.example',
      wants: '{}',
    })
  })

  it.each([
    ['{"email":', /not JSON/],
    ['[1]', /must be an object/],
    ['{}', /^email is missing/],
    ['{"email":"ines@"}', /email must have something after the @/],
    ['{"email":"ines@example.org"}', /confirmedAt is missing: nobody gets email/],
    ['{"email":"ines@example.org","confirmedAt":"soon"}', /confirmedAt must be a day/],
    ['{"email":"ines@example.org","confirmedAt":"2027-01-01"}', /confirmedAt is in the future/],
    [
      '{"email":"ines@example.org","confirmedAt":"2026-01-01","wants":{"minRating":9}}',
      /wants.minRating must be at most 5/,
    ],
    [
      '{"email":"ines@example.org","confirmedAt":"2026-01-01","wants":{"genres":["\\ud800"]}}',
      /wants.genres.0 must not contain half a character/,
    ],
    [
      JSON.stringify({ subscription: { ...subscription('a'), endpoint: 'https://10.0.0.1/' } }),
      /subscription.endpoint leads to a private address/,
    ],
    ['{"subscription":{"endpoint":"https://push.example/x"}}', /subscription.keys is missing/],
    [
      `{"email":"ines@example.org","confirmedAt":"2026-01-01","note":"${'x'.repeat(70_000)}"}`,
      /longer than 64 kB/,
    ],
  ])('only the bad line is skipped: %.60s', async (bad, reason) => {
    const good = (name: string) => `{"email":"${name}@example.org","confirmedAt":"2026-03-03"}`
    const done = await take([good('a'), bad, '', good('b')].join('\n'), 'ndjson', 5000)
    expect(done).toMatchObject({
      imported: 2,
      skippedTotal: 1,
      skipped: [{ line: 2, reason: expect.stringMatching(reason) }],
    })
  })
})

describe('CSV', () => {
  it('accepts a BOM, CRLF, quotes, line breaks in quotes, semicolons and other names of columns', async () => {
    expect(
      await take(
        '\uFEFFemail,name,subscribed_at\r\nines@example.org,"Okafor, Ines",2026-03-03\r\n"tom@example.org","Tom ""T""\r\nHardy",2026-03-03 18:00:00\r\n',
      ),
    ).toMatchObject({ imported: 2, skippedTotal: 0 })
    expect(
      await take(
        'id;Email Address;CONFIRM_TIME;OPTIN_TIME\n1;ann@bücher.example;;2020-01-02 03:04:05\n',
      ),
    ).toMatchObject({ imported: 1, skippedTotal: 0 })
    expect(await addresses()).toEqual([
      'ann@xn--bcher-kva.example',
      'ines@example.org',
      'tom@example.org',
    ])
  })

  it.each([
    ['a stray quote', 'x@example.org,"Ann,2026-03-03', /quote/],
    [
      'a quote that its neighbour seems to close',
      'x@example.org,"Ann,2026-03-03\ny@example.org,"Bob,2026-03-03',
      /quote/,
    ],
    ['too many fields', 'x@example.org,Ann,2026-03-03,more', /4 fields/],
    ['no consent', 'x@example.org,Ann', /confirmedAt is missing/],
    ['a header in the address', '"x@example.org\r\nBcc: y@example.org",Ann,2026-03-03', /email/],
    ['Latin-1', Buffer.from('jos\xE9@example.org,Jos\xE9,2026-03-03', 'latin1'), /UTF-8/],
    ['a long line', `x@example.org,${'x'.repeat(70_000)},2026-03-03`, /64 kB/],
  ])('only the bad line is skipped: %s', async (_, bad, reason) => {
    const file = Buffer.concat([
      Buffer.from('email,name,subscribed_at\na@example.org,A,2026-03-03\n'),
      Buffer.from(bad),
      Buffer.from('\nb@example.org,"B\nB",2026-03-03\nc@example.org,C,2026-03-03'),
    ])
    const done = await take(file, undefined, 5000)
    expect(done.skipped[0]).toEqual({ line: 3, reason: expect.stringMatching(reason) })
    expect(await addresses()).toEqual(['a@example.org', 'b@example.org', 'c@example.org'])
  })

  it('leaves out people who had unsubscribed there', async () => {
    const done = await take(
      'email,subscribed_to_emails,created_at,unsubscribed_at\na@example.org,false,2026-03-03,\nb@example.org,true,2026-03-03,2026-04-04\nc@example.org,true,2026-03-03,\n',
    )
    expect(done).toMatchObject({
      imported: 1,
      skipped: [{ line: 2, reason: 'had left before the export' }, { line: 3 }],
    })
  })

  it('a file in UTF-16 is refused', async () => {
    const file = Buffer.from('\xFF\xFEe\0m\0a\0i\0l\0', 'latin1')
    await expect(take(file, 'csv')).rejects.toThrow(NotUtf8)
  })

  it.each(['ines@example.org\ntom@example.org', '"email'])(
    'a file without readable column names is refused: %j',
    async file => {
      await expect(take(Buffer.from(file, 'latin1'), 'csv')).rejects.toMatchObject({
        statusCode: 422,
      })
    },
  )
})

it('an empty file imports nobody', async () =>
  expect(await take('')).toEqual({
    imported: 0,
    skipped: [],
    skippedTotal: 0,
    reasons: {},
    warnings: [],
  }))

it('addresses that left here are skipped, whatever their case; existing readers stay as they are', async () => {
  await suppressAddress(app, 'Erased@example.org', 'erased', NOW)
  await suppressAddress(app, 'left@example.org', 'unsubscribed', NOW)
  const file = [
    'email,subscribed_at',
    'erased@example.org,2026-03-03',
    'left@example.org,2026-03-03',
    'new@example.org,2026-03-03',
    'NEW@example.org,2026-03-03',
  ].join('\n')
  expect(await take(file)).toMatchObject({
    imported: 1,
    skipped: [
      { line: 2, reason: 'asked to be erased here' },
      { line: 3, reason: 'unsubscribed here' },
      { line: 5, reason: 'is already a reader' },
    ],
  })
  expect(await take(file)).toMatchObject({ imported: 0, skippedTotal: 4 })
})

it('an unconfirmed address becomes a reader, with the imported wants', async () => {
  await askByMail(app, { email: 'ines@example.org', wants: { minRating: 5 }, now: NOW })
  expect(await take('email,subscribed_at\nines@example.org,2026-03-03')).toMatchObject({
    imported: 1,
  })
  expect(await app.selectFrom('mail_readers').selectAll().execute()).toMatchObject([
    { state: 'active', wants: '{}', position: 7, asked: null },
  ])
})

it('20,000 lines with 3 bad ones are imported, and at most 1,000 reasons are given', async () => {
  const lines = Array.from(
    { length: 20_000 },
    (_, i) => `reader${i}@example.org,Reader ${i},2026-03-03`,
  )
  for (const bad of [10, 10_000, 19_999]) lines[bad] = 'nobody,Nobody,2026-03-03'
  const done = await take(['email,name,subscribed_at', ...lines].join('\n'), undefined, 16_384)
  expect(done).toMatchObject({
    imported: 19_997,
    skippedTotal: 3,
    skipped: [{ line: 12 }, { line: 10_002 }, { line: 20_001 }],
  })
  expect(
    await take(['email,name,subscribed_at', ...lines].join('\n'), undefined, 16_384),
  ).toMatchObject({ imported: 0, skippedTotal: 20_000, skipped: { length: 1000 } })
})
