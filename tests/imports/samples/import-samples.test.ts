/**
 * The samples are imported into an empty log once, like a critic's reviews, even if the first start
 * was interrupted.
 */
import { globSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import samples from '#samples'
import type { Kysely } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import type { AppTables } from '../../../server/db/schema'
import { importSamples, sampleId } from '../../../server/imports/samples/import-samples'
import { readSamples } from '../../../server/imports/samples/read-samples'
import type { EventLog } from '../../../server/log/event-log'
import { handle, load } from '../../../server/log/handle-command'
import { openMemoryLog } from '../../../server/log/memory'
import { plainText } from '../../../shared/markdown/plain-text'

let log: EventLog
let app: Kysely<AppTables>
beforeEach(async () => {
  log = openMemoryLog()
  app = await openAppInMemory()
})
const all = () => log.read({ after: 0, limit: 5000 })

describe('an import', () => {
  it('publishes each sample with its critic, its date and the sample mark', async () => {
    expect(await importSamples(log, app, samples)).toBe(24)
    const events = await all()
    expect(events.map(event => event.type)).toEqual([
      ...samples.map(() => 'ReviewDrafted'),
      ...samples.map(() => 'ReviewPublished'),
    ])
    for (const event of events.filter(event => event.type === 'ReviewPublished')) {
      expect(event.data).toMatchObject({
        id: sampleId(event.data.slug),
        critic: { id: 'mymovies', name: 'MyMovies' },
        sample: true,
        publishedAt: event.at,
      })
    }
    const dates = events.slice(24).map(event => event.at)
    expect(dates).toEqual([...dates].sort())
  })

  it('reserves the slugs of its reviews', async () => {
    await importSamples(log, app, samples)
    expect(
      await app
        .selectFrom('slugs')
        .select('review_id')
        .where('slug', '=', 'a-friend-resigns')
        .executeTakeFirst(),
    ).toEqual({ review_id: 'sample-a-friend-resigns' })
  })

  it('happens once', async () => {
    await importSamples(log, app, samples)
    expect(await importSamples(log, app, samples)).toBe(0)
    expect(await log.head()).toBe(48)
  })

  it.each([1, 24, 25, 47])('that was interrupted after %i events continues', async events => {
    await importSamples(brokenAfter(log, events), app, samples).catch(() => {})
    expect(await log.head()).toBe(events)
    expect(await importSamples(log, app, samples)).toBe(24)
    expect(await log.head()).toBe(48)
    for (const { slug } of samples)
      expect((await load(log, sampleId(slug))).state.status).toBe('published')
  })

  it('leaves a log alone that somebody has started to use', async () => {
    await handle(
      log,
      'r1',
      {
        type: 'DraftReview',
        data: { id: 'r1', critic: { id: 'ines', name: 'Ines' } },
        now: '2026-11-23T10:00:00Z',
      },
      { actor: 'ines' },
    )
    expect(await importSamples(log, app, samples)).toBe(0)
    expect(await log.head()).toBe(1)
  })

  it('does not bring back what was archived after it was interrupted', async () => {
    await importSamples(brokenAfter(log, 40), app, samples).catch(() => {})
    const first = sampleId(samples[0]!.slug)
    await handle(
      log,
      first,
      { type: 'ArchiveReview', data: { reason: 'no samples here' }, now: '2026-11-23T10:00:00Z' },
      { actor: 'ines' },
    )
    expect(await importSamples(log, app, samples)).toBe(0)
  })

  it('in two processes at once happens once', async () => {
    await Promise.all([importSamples(log, app, samples), importSamples(log, app, samples)])
    expect(await log.head()).toBe(48)
  })
})

/** A log whose process dies after this many events. */
function brokenAfter(log: EventLog, events: number): EventLog {
  let left = events
  return {
    ...log,
    append: async (...args) =>
      left-- > 0 ? log.append(...args) : Promise.reject(new Error('killed')),
  }
}

describe('the samples', () => {
  it('are complete: texts of a real length, all ratings, and different films', () => {
    for (const { slug, content } of samples)
      expect(plainText(content.tree).split(/\s+/).length, slug).toBeGreaterThan(300)
    expect(new Set(samples.map(({ content }) => content.movie.id)).size).toBe(24)
    expect(new Set(samples.map(({ content }) => content.rating)).size).toBe(11)
  })

  it.each([
    ['no front matter', 'Just text.'],
    ['a rating of 7', edited(/^rating: .*$/m, 'rating: 7')],
    ['an unknown field', edited(/^spoiler: .*$/m, 'spoilers: true')],
    ['a summary too long', edited(/^summary: .*$/m, `summary: ${'x'.repeat(301)}`)],
    ['an invalid date', edited(/^publishedAt: .*$/m, 'publishedAt: today')],
  ])('with %s stop the build, which names the file', (_, text) => {
    const folder = mkdtempSync(join(tmpdir(), 'mymovies-samples-'))
    writeFileSync(join(folder, 'bad.md'), text)
    expect(() => readSamples(folder)).toThrow(/bad\.md is not a sample review/)
  })
})

function edited(line: RegExp, by: string): string {
  const [first] = globSync(join(import.meta.dirname, '../../../content/reviews/*.md'))
  return readFileSync(first!, 'utf8').replace(line, by)
}
