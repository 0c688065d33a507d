/** What every log must do, whatever its engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type EventLog,
  type NewEvent,
  type Recorded,
  VersionConflict,
} from '../../server/log/event-log'
import { link, START } from '../../server/log/hash-chain'
import { canonical } from '../../shared/canonical'

export const at = '2026-11-23T20:00:00.000Z'
export const archived = (reason = 'a reason', id = 'r'): NewEvent => ({
  type: 'ReviewArchived',
  data: { id, reason, archivedAt: at },
  meta: { actor: 'critic-1' },
  at,
})
export const restored = (id = 'r'): NewEvent => ({
  type: 'ReviewRestored',
  data: { id, restoredAt: at },
  meta: { actor: 'critic-1', causation: 'c', correlation: 'd' },
  at,
})

/** Every event in order, whatever the page size. */
export async function readAll(log: EventLog): Promise<Recorded[]> {
  const events: Recorded[] = []
  for (
    let page = await log.read({ after: 0, limit: 5000 });
    page.length;
    page = await log.read({ after: events.length, limit: 5000 })
  )
    events.push(...page)
  return events
}

/** An event as an engine stores it, with its JSON parsed. */
export type Stored = Omit<Recorded, 'data'> & { data: object }

/** Recomputes every hash from what is stored. */
export function expectChain(events: Stored[]) {
  events.reduce((previous, { hash, data, meta, ...event }) => {
    expect(hash).toBe(link(previous, { ...event, data: canonical(data), meta: canonical(meta) }))
    return hash
  }, START.hash)
}

/**
 * `reopen` opens the same log after a restart; engines that forget leave it out. `stored` returns what
 * an engine stores that seals texts.
 */
export function logContract(
  name: string,
  engine: { open: () => EventLog; reopen?: () => EventLog; stored?: () => Stored[] },
) {
  const chainOf = (events: Recorded[]) => engine.stored?.() ?? events

  describe(`${name} keeps the log's contract`, () => {
    let log: EventLog
    beforeEach(() => {
      log = engine.open()
    })
    afterEach(() => log.close())

    describe('append', () => {
      it('gives each event its place and returns it as a reader will see it', async () => {
        const { events, repeated } = await log.append('a', 'none', [archived(), restored()], {
          commandId: 'key-1',
        })
        expect(repeated).toBe(false)
        expect(events).toEqual([
          {
            ...archived(),
            position: 1,
            version: 1,
            stream: 'a',
            schemaVersion: 1,
            commandId: 'key-1',
            id: expect.any(String),
            hash: expect.any(String),
          },
          {
            ...restored(),
            position: 2,
            version: 2,
            stream: 'a',
            schemaVersion: 1,
            commandId: 'key-1',
            id: expect.any(String),
            hash: expect.any(String),
          },
        ])
        expect(events[0]!.id).toMatch(
          /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
        )
        expect(await log.read({ after: 0 })).toEqual(events)
      })

      it.each([
        { expected: 'none', existing: 0, holds: true },
        { expected: 'none', existing: 2, holds: false },
        { expected: 0, existing: 0, holds: true },
        { expected: 0, existing: 1, holds: false },
        { expected: 2, existing: 2, holds: true },
        { expected: 2, existing: 1, holds: false },
        { expected: 1, existing: 2, holds: false },
        { expected: 'any', existing: 0, holds: true },
        { expected: 'any', existing: 2, holds: true },
      ] as const)(
        'expecting $expected of a stream at version $existing succeeds: $holds',
        async ({ expected, existing, holds }) => {
          await log.append(
            'a',
            'any',
            Array.from({ length: existing }, () => archived()),
          )
          const appending = log.append('a', expected, [restored()])
          if (holds) expect((await appending).events[0]!.version).toBe(existing + 1)
          else
            await expect(appending).rejects.toMatchObject({
              name: 'VersionConflict',
              stream: 'a',
              expected,
              actual: existing,
            })
          expect(await log.head()).toBe(existing + Number(holds))
        },
      )

      it('writes all events of one append or none', async () => {
        await log.append('a', 'none', [{ ...archived(), id: 'taken' }])
        await expect(
          log.append('b', 'none', [restored(), { ...archived(), id: 'taken' }]),
        ).rejects.toThrow()
        expect(await log.readStream('b')).toEqual([])
        expect((await log.append('c', 'none', [restored()])).events[0]!.position).toBe(2)
        expectChain(chainOf(await readAll(log)))
      })

      it('keeps a given id', async () => {
        expect((await log.append('a', 'none', [{ ...archived(), id: 'mine' }])).events[0]!.id).toBe(
          'mine',
        )
      })

      it('lets exactly one of many concurrent appends succeed', async () => {
        const answers = await Promise.allSettled(
          Array.from({ length: 20 }, () => log.append('a', 0, [archived()])),
        )
        expect(answers.filter(answer => answer.status === 'fulfilled')).toHaveLength(1)
        for (const answer of answers)
          if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(VersionConflict)
      })

      it('leaves no gaps in positions and versions under 50 appends at once, and a conflict fails no other append', async () => {
        const answers = await Promise.allSettled(
          Array.from({ length: 50 }, (_, i) =>
            log.append(`s${i % 5}`, i % 10 === 7 ? 99 : 'any', [archived(String(i)), restored()]),
          ),
        )
        expect(answers.filter(answer => answer.status === 'rejected')).toHaveLength(5)
        const events = await readAll(log)
        expect(events.map(event => event.position)).toEqual(
          Array.from({ length: 90 }, (_, i) => i + 1),
        )
        for (const stream of ['s0', 's1', 's2', 's3', 's4']) {
          const own = await log.readStream(stream)
          expect(own.map(event => event.version)).toEqual(own.map((_, i) => i + 1))
        }
        expectChain(chainOf(events))
      })

      it('appends nothing when there is nothing to append, and still checks the version', async () => {
        expect(await log.append('a', 'none', [])).toEqual({ events: [], repeated: false })
        await expect(log.append('a', 3, [])).rejects.toBeInstanceOf(VersionConflict)
      })

      it.each([
        ['no stream', '', archived(), undefined],
        ['a lone surrogate', 'a\uD800', archived(), undefined],
        ['a NUL', 'a\0b', archived(), undefined],
        ['an empty command', 'a', archived(), ''],
        ['an empty id', 'a', { ...archived(), id: '' }, undefined],
        ['no time', 'a', { ...archived(), at: 'soon' }, undefined],
      ] as const)('refuses %s and keeps working', async (_, stream, event, commandId) => {
        await expect(log.append(stream, 'any', [event], { commandId })).rejects.toThrow(/name|time/)
        expect((await log.append('b', 'none', [restored()])).events[0]!.position).toBe(1)
      })
    })

    describe('the same command again', () => {
      it('returns the events of the first time, although the version has moved on', async () => {
        const first = await log.append('a', 'none', [archived(), restored()], { commandId: 'key' })
        await log.append('a', 2, [archived()])
        expect(
          await log.append('a', 'none', [archived('other words')], { commandId: 'key' }),
        ).toEqual({ events: first.events, repeated: true })
        expect(await log.head()).toBe(3)
      })

      it('writes one event when both come at once', async () => {
        const [first, second] = await Promise.all(
          [1, 2].map(() => log.append('a', 'none', [archived()], { commandId: 'key' })),
        )
        expect([first!.repeated, second!.repeated].sort()).toEqual([false, true])
        expect(first!.events).toEqual(second!.events)
      })

      it('may succeed after it failed', async () => {
        await expect(log.append('a', 5, [archived()], { commandId: 'key' })).rejects.toThrow()
        expect(await log.append('a', 'none', [archived()], { commandId: 'key' })).toMatchObject({
          repeated: false,
        })
      })
    })

    describe('read', () => {
      beforeEach(() =>
        log.append(
          'a',
          'none',
          Array.from({ length: 1200 }, (_, i) => (i % 100 ? archived(String(i)) : restored())),
        ),
      )

      it('pages by position, 500 at a time by default', async () => {
        expect((await log.read({ after: 0 })).map(event => event.position)).toEqual(
          Array.from({ length: 500 }, (_, i) => i + 1),
        )
        expect((await log.read({ after: 1100 })).map(event => event.position)).toEqual(
          Array.from({ length: 100 }, (_, i) => i + 1101),
        )
        expect(await log.read({ after: 1200 })).toEqual([])
        expect(await log.read({ after: 10, limit: 3 })).toHaveLength(3)
      })

      it('returns at most 5,000', async () => {
        await log.append(
          'b',
          'none',
          Array.from({ length: 4000 }, () => archived()),
        )
        expect(await log.read({ after: 0, limit: 1_000_000 })).toHaveLength(5000)
      })

      it('returns only the requested types', async () => {
        const found = await log.read({
          after: 100,
          limit: 5,
          types: ['ReviewRestored', 'ReviewFixed'],
        })
        expect(found.map(event => event.position)).toEqual([101, 201, 301, 401, 501])
        expect(await log.read({ after: 0, types: [] })).toEqual([])
      })

      it('counts the types among the next events', async () => {
        const after = await log.head()
        await log.append('counted', 'none', [archived(), restored(), archived(), archived()])
        const count = (skip: number, limit: number) =>
          log.countTypes({ after: after + skip, limit })
        expect(await count(0, 100)).toEqual({ ReviewArchived: 3, ReviewRestored: 1 })
        expect(await count(1, 2)).toEqual({ ReviewArchived: 1, ReviewRestored: 1 })
        expect(await count(4, 100)).toEqual({})
      })

      it('returns one stream in order', async () => {
        await log.append('b', 'none', [archived()])
        await log.append('a', 1200, [archived()])
        await log.append('b', 1, [restored()])
        expect((await log.readStream('b')).map(event => [event.position, event.version])).toEqual([
          [1201, 1],
          [1203, 2],
        ])
        expect(await log.readStream('nobody')).toEqual([])
      })
    })

    it('keeps what was written: other scripts, empty texts, deep trees, 300 kB', async () => {
      const data = {
        id: 'r',
        reason: '‘Ελένη’ 🎬 \u2028 "\\" \0 \uD800',
        archivedAt: at,
        tree: [[[{ z: 1, a: [null, '', 0.1, -0, 1e21] }]]],
        body: 'x'.repeat(300_000),
      }
      const { events } = await log.append('ταινία', 'none', [Object.assign(archived(), { data })])
      expect(events[0]!.data).toEqual(JSON.parse(JSON.stringify(data)))
      expect(await log.readStream('ταινία')).toEqual(events)
    })

    it('cannot be changed through the returned events', async () => {
      const { events } = await log.append('a', 'none', [archived('true')])
      Object.assign(events[0]!.data, { reason: 'false' })
      expect((await log.read({ after: 0 }))[0]!.data).toMatchObject({ reason: 'true' })
    })

    describe('wait', () => {
      it('answers at once when the log is further', async () => {
        await log.append('a', 'none', [archived(), restored()])
        expect(await log.wait(1)).toBe(2)
      })

      it('wakes everybody who waits for a position below the new head', async () => {
        const waits = [log.wait(0), log.wait(0), log.wait(1)]
        await log.append('a', 'none', [archived(), restored()])
        expect(await Promise.all(waits)).toEqual([2, 2, 2])
      })

      it('shows a woken caller what it was woken for', async () => {
        const seen = log
          .wait(0)
          .then(async head => [head, await log.head(), (await log.read({ after: 0 })).length])
        await log.append('a', 'none', [archived()])
        expect(await seen).toEqual([1, 1, 1])
      })

      it('returns the head when the time is up', async () => {
        await log.append('a', 'none', [archived()])
        const start = performance.now()
        expect(await log.wait(1, 50)).toBe(1)
        expect(performance.now() - start).toBeGreaterThan(45)
      })

      it('ends when the log is closed', async () => {
        const wait = log.wait(0, 60_000)
        await log.close()
        expect(await wait).toBe(0)
        await expect(log.append('a', 'any', [archived()])).rejects.toThrow()
        await expect(log.read({ after: 0 })).rejects.toThrow()
      })
    })

    const { reopen } = engine
    if (reopen) {
      it('keeps everything when it is opened again', async () => {
        const { events } = await log.append('a', 'none', [archived(), restored()], {
          commandId: 'key',
        })
        await log.close()
        log = reopen()
        expect(await readAll(log)).toEqual(events)
        expect(await log.append('a', 'none', [archived()], { commandId: 'key' })).toEqual({
          events,
          repeated: true,
        })
        expect((await log.append('a', 2, [archived()])).events[0]!.position).toBe(3)
        expectChain(chainOf(await readAll(log)))
      })
    }
  })
}
