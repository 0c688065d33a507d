/** A read model is rebuilt, or its whole file replaced, while the log grows and pages read. */
import { describe, expect, it, vi } from 'vitest'
import { connect } from '../../server/db/connect'
import { onThisThread } from '../../server/db/dialect'
import publicChanges from '../../server/projections/public-changes'
import search from '../../server/projections/search'
import { newestChange } from '../../server/queries/newest-change'
import type { ViewTables } from '../../server/queries/tables'
import { matching } from '../../server/read-models/full-text'
import { watchReadModels } from '../../server/read-models/watch'
import { counting, type CountRow, readModels } from '../support/read-models'

const indexed = { ...counting(1), indexes: [['title'], ['seen', 'title']] }

describe('rebuild', () => {
  it('comes out the same while the log grows, and readers never see fewer rows', async () => {
    const h = readModels()
    for (let i = 0; i < 300; i++) await h.publish(`r${i}`)
    const projector = await h.start([indexed])
    const before = await h.rows()
    const under = projector.rebuilds.start(indexed)
    const seen: number[] = []
    let more = 0
    const rebuilt = h.clock.settle(under)
    while (projector.rebuilds.isUnderWay('counts')) {
      seen.push((await h.rows()).length)
      await h.publish(`later${more++}`)
      await new Promise(setImmediate)
    }
    await rebuilt
    await projector.passed(await h.log.head(), 5000)
    expect(more).toBeGreaterThan(3)
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(300)
    const after = (await h.rows()) as unknown as CountRow[]
    expect(after.filter(({ id }) => !id.startsWith('later'))).toMatchObject(before)
    expect(after).toHaveLength(300 + more)
    expect(after.every(({ seen }) => seen === 1)).toBe(true)
    expect(projector.rebuilds.progress.size).toBe(0)
  })

  it('mends rows that were changed or deleted, keeps its indexes and leaves no table behind', async () => {
    const h = readModels()
    for (const id of ['a', 'b', 'c']) await h.publish(id)
    const projector = await h.start([indexed])
    await h.sql(`UPDATE counts_v1 SET title = 'forged'`)
    await h.sql(`DELETE FROM counts_v1 WHERE id = 'b'`)
    for (let times = 0; times < 2; times++) await h.clock.settle(projector.rebuilds.start(indexed))
    expect(await h.rows()).toMatchObject(['a', 'b', 'c'].map(id => ({ id, seen: 1 })))
    expect(JSON.stringify(await h.rows())).not.toContain('forged')
    const tables = await h.sql(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    expect(tables).toEqual([{ name: 'checkpoints' }, { name: 'counts_v1' }, { name: 'parked' }])
    expect(
      await h.sql(
        `SELECT count(*) AS n FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`,
      ),
    ).toEqual([{ n: 2 }])
    await projector.stop()
    await h.start([indexed])
    expect(
      await h.sql(
        `SELECT count(*) AS n FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`,
      ),
    ).toEqual([{ n: 2 }])
  })

  it('goes on parking what it cannot process', async () => {
    const h = readModels()
    await h.publish('a')
    await h.fix('a', 'poison')
    const projector = await h.start([counting(1)])
    await h.clock.settle(projector.rebuilds.start(counting(1)))
    expect(projector.followers[0]!.parked).toEqual(new Set(['a']))
    await projector.passed(await h.fix('a', 'waits'), 5000)
    expect(await h.rows()).toMatchObject([{ id: 'a', seen: 1 }])
    expect(await h.rows('parked', 'position')).toMatchObject([
      { projection: 'counts_v1', position: 3 },
      { projection: 'counts_v1', position: 4 },
    ])
  })

  it('goes on with what another process could process', async () => {
    const h = readModels()
    await h.publish('a')
    await h.fix('a', 'poison')
    const projector = await h.start([counting(1)])
    await h.sql('DELETE FROM parked') // as better code in another process leaves it
    await projector.passed(await h.fix('a', 'flows'), 5000)
    expect(await h.rows()).toMatchObject([{ id: 'a', seen: 2, title: 'flows' }])
  })

  it('takes the words of search with it', async () => {
    const h = readModels()
    await h.publish('a')
    const projector = await h.start([search] as never)
    const before = await matching(h.views as never, 'search', 'third*', 10)
    await h.clock.settle(projector.rebuilds.start(search))
    expect(before).toEqual(['a'])
    expect(await matching(h.views as never, 'search', 'third*', 10)).toEqual(before)
  })

  it('does not make cached answers older than they are', async () => {
    const h = readModels()
    for (let i = 0; i < 200; i++) await h.publish(`r${i}`)
    const projector = await h.start([publicChanges, counting(1)] as never)
    const before = await newestChange(h.views)
    const rebuilt = h.clock.settle(projector.rebuilds.start(counting(1)))
    const seen: number[] = []
    while (projector.rebuilds.isUnderWay('counts')) {
      seen.push((await newestChange(h.views)).position)
      await new Promise(setImmediate)
    }
    await rebuilt
    expect(new Set(seen)).toEqual(new Set([before.position]))
  })

  it('is one at a time, and whoever erases a text can wait for it', async () => {
    const h = readModels()
    for (let i = 0; i < 300; i++) await h.publish(`r${i}`)
    const projector = await h.start([counting(1)])
    const first = projector.rebuilds.start(counting(1))
    expect(projector.rebuilds.start(counting(1))).toBe(first)
    expect(projector.rebuilds.isUnderWay('counts')).toBe(true)
    await h.clock.settle(projector.rebuilds.done())
    expect(projector.rebuilds.isUnderWay('counts')).toBe(false)
    await projector.rebuilds.done()
  })

  it('drops at the next start what a process left that ended in the middle', async () => {
    const h = readModels()
    await h.publish('a')
    await (await h.start([counting(1)])).stop()
    const beside = `counts_beside_${process.pid}_v1`
    await h.sql(`CREATE TABLE ${beside} (id text)`)
    await h.sql(`INSERT INTO checkpoints VALUES ('${beside}', 1, 1)`)
    await h.sql(`CREATE TABLE counts_replaced_999999999 (id text)`)
    await h.sql(`CREATE TABLE counts_beside_1_v1 (id text)`) // of a process that is running
    await h.start([counting(1)])
    expect(
      await h.sql(`SELECT name FROM sqlite_schema WHERE name GLOB 'counts_*' AND type = 'table'`),
    ).toEqual([{ name: 'counts_v1' }, { name: 'counts_beside_1_v1' }])
    expect(await h.rows('checkpoints', 'name')).toMatchObject([{ name: 'counts_v1' }])
  })

  it('says why it failed, leaves the old rows alone, and works the next time', async () => {
    const h = readModels()
    for (let i = 0; i < 300; i++) await h.publish(`r${i}`)
    const projector = await h.start([counting(1)])
    const { read } = h.log
    h.log.read = async () => Promise.reject(new Error('the power failed'))
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await h.clock.settle(projector.rebuilds.start(counting(1)))
    expect(projector.rebuilds.progress.get('counts')).toMatchObject({ error: 'the power failed' })
    expect(await h.rows()).toHaveLength(300)
    h.log.read = read
    await h.clock.settle(projector.rebuilds.start(counting(1)))
    expect(projector.rebuilds.progress.size).toBe(0)
    expect(await h.rows()).toHaveLength(300)
  })
})

describe('a file that is deleted', () => {
  function watched(projector: Parameters<typeof watchReadModels>[0]['projector'], h: Room) {
    const fresh = onThisThread<ViewTables>(connect(':memory:'))
    const adopted: string[] = []
    let gone = false
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const stop = watchReadModels({
      projector,
      clock: h.clock,
      isGone: () => gone,
      recreate: () => ({
        views: fresh as never,
        adopt: () => {
          gone = false
          adopted.push('yes')
        },
        close: () => fresh.destroy(),
      }),
    })
    return {
      fresh,
      adopted,
      stop,
      remove: () => {
        gone = true
      },
    }
  }
  type Room = ReturnType<typeof readModels>

  it('is built anew beside the old one; every event is announced once', async () => {
    const h = readModels()
    for (let i = 0; i < 300; i++) await h.publish(`r${i}`)
    const announced: number[] = []
    const projector = await h.start([indexed], events => {
      announced.push(...events.map(({ position }) => position))
    })
    const w = watched(projector, h)
    w.remove()
    let more = 0
    const positions: number[] = []
    await h.clock.waitFor(async () => {
      if (more < 30) positions.push(await h.publish(`later${more++}`))
      expect(w.adopted).toEqual(['yes'])
    })
    while (more < 40) positions.push(await h.publish(`later${more++}`))
    await projector.passed(positions.at(-1)!, 5000)
    w.stop()
    const last = positions.at(-1)!
    expect(announced).toEqual(Array.from({ length: last - 600 }, (_, i) => 601 + i))
    const { n } = (await w.fresh
      .selectFrom('counts' as never)
      .select(eb => eb.fn.countAll().as('n'))
      .executeTakeFirstOrThrow()) as { n: number }
    expect(n).toBe(340)
  })

  it('what the new file holds already is announced all the same', async () => {
    const h = readModels()
    await h.publish('a')
    const gate = Promise.withResolvers<undefined>()
    const announced: number[] = []
    const projector = await h.start([counting(1)], async events => {
      await gate.promise
      announced.push(...events.map(({ position }) => position))
    })
    const w = watched(projector, h)
    await h.publish('b') // its announcement takes a while
    await new Promise(setImmediate)
    const last = await h.publish('c')
    w.remove()
    await h.clock.waitFor(async () =>
      expect(
        await w.fresh
          .selectFrom('counts' as never)
          .selectAll()
          .execute(),
      ).toHaveLength(3),
    )
    gate.resolve(undefined)
    expect(await h.clock.settle(projector.passed(last, 5000))).toBe(true)
    w.stop()
    expect(w.adopted).toEqual(['yes'])
    expect(announced).toEqual([3, 4, 5, 6])
  })

  it.each([
    ['a dropped table', 'DROP TABLE counts_v1'],
    ['a view that readers use', 'DROP VIEW counts'],
    ['a lost checkpoint', 'DELETE FROM checkpoints'],
    ['a checkpoint that was set back', 'UPDATE checkpoints SET position = 1'],
  ])('%s is noticed, too', async (_, statement) => {
    const h = readModels()
    await h.publish('a')
    const projector = await h.start([counting(1)])
    const w = watched(projector, h)
    await h.sql(statement)
    await h.clock.waitFor(() => expect(w.adopted).toEqual(['yes']))
    await projector.passed(await h.fix('a', 'again'), 5000)
    w.stop()
    expect(
      await w.fresh
        .selectFrom('counts' as never)
        .selectAll()
        .execute(),
    ).toMatchObject([{ id: 'a', seen: 2 }])
  })

  it('an intact file is left alone', async () => {
    const h = readModels()
    await h.publish('a')
    const projector = await h.start([counting(1)])
    const w = watched(projector, h)
    await h.clock.pass(5000)
    w.stop()
    expect(w.adopted).toEqual([])
  })
})
