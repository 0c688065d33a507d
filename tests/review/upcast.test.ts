/** Events of every earlier schema version can still be read, with their hashes. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Recorded } from '../../server/log/event-log'
import { link, START } from '../../server/log/hash-chain'
import { fromRow } from '../../server/log/row'
import type { StoredEvent } from '../../server/log/stored-event'
import { SCHEMA_VERSION } from '../../server/review/events'
import { evolve, initialState, type ReviewState } from '../../server/review/review'
import { upcast, UPCASTS } from '../../server/review/upcast'
import { canonical } from '../../shared/canonical'

describe('events written by earlier releases', () => {
  /** Lines are only ever added, one for each new schema version of a type. */
  const golden = readFileSync(join(import.meta.dirname, 'golden-events.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Recorded)
  const rows = golden.map(
    ({ data, meta, ...event }) =>
      ({ ...event, data: canonical(data), meta: canonical(meta) }) as StoredEvent,
  )

  it('are all there: every type in every version it ever had', () => {
    const ever = Object.entries(SCHEMA_VERSION).flatMap(([type, today]) =>
      Array.from({ length: today }, (_, i) => `${type} ${i + 1}`),
    )
    expect(golden.map(({ type, schemaVersion }) => `${type} ${schemaVersion}`).sort()).toEqual(
      ever.sort(),
    )
  })

  it('still have the hashes they were written with', () => {
    rows.reduce((previous, row) => {
      expect(link(previous, row)).toBe(row.hash)
      return row.hash
    }, START.hash)
  })

  it("are read in today's shape", () => {
    for (const row of rows)
      expect(fromRow(row)).toMatchObject({
        type: row.type,
        schemaVersion: SCHEMA_VERSION[row.type as keyof typeof SCHEMA_VERSION],
        data: { id: 'review-7f3a' },
      })
  })

  it('still add up to the same review', () => {
    const review = rows
      .map(row => fromRow(row))
      .filter(event => event.type !== 'ReviewErased')
      .reduce<ReviewState>(evolve, initialState)
    expect(review).toMatchObject({
      status: 'published',
      id: 'review-7f3a',
      slug: 'everyone-in-vienna',
      sample: true,
      publishedAt: '2026-11-14T11:04:00.000Z',
      fixedAt: '2026-11-14T11:05:00.000Z',
      critic: { id: 'critic-ines', name: 'Inès Okafor' },
      content: {
        title: 'Everyone in Vienna has something to hide',
        rating: 5,
        movie: { director: 'Carol Reed', poster: { alt: 'A man in a doorway, half lit' } },
        tree: { length: 6 },
      },
      corrections: [{ at: '2026-11-15T09:00:00.000Z', note: 'Half a point more.' }],
    })
  })
})

describe('upcast', () => {
  const upcasts = {
    Rated: {
      1: (data: { stars: number }) => ({ rating: data.stars }),
      2: (data: { rating: number }) => ({ ...data, outOf: 5 }),
    },
  }

  it.each([
    [1, { stars: 4 }, { rating: 4, outOf: 5 }],
    [2, { rating: 4 }, { rating: 4, outOf: 5 }],
    [3, { rating: 4, outOf: 10 }, { rating: 4, outOf: 10 }],
  ])('upcasts version %i step by step to today', (version, data, today) => {
    expect(upcast('Rated', version, data, upcasts, { Rated: 3 })).toEqual({
      schemaVersion: 3,
      data: today,
    })
  })

  it('leaves a type alone that this release does not know', () => {
    expect(upcast('Sung', 7, { key: 'C' })).toEqual({ schemaVersion: 7, data: { key: 'C' } })
  })

  it('refuses what a newer release wrote, and a step without an upcast', () => {
    expect(() => upcast('Rated', 4, {}, upcasts, { Rated: 3 })).toThrow(
      'Rated of schema version 4 was written by a newer release; this one knows 3',
    )
    expect(() => upcast('Rated', 3, {}, upcasts, { Rated: 4 })).toThrow(
      'no upcast takes Rated from schema version 3 to 4',
    )
  })

  it('has an upcast for every step', () => {
    for (const [type, today] of Object.entries(SCHEMA_VERSION))
      expect(Object.keys(UPCASTS[type] ?? {}), type).toEqual(
        Array.from({ length: today - 1 }, (_, i) => String(i + 1)),
      )
  })
})
