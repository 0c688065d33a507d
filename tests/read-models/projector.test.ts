/**
 * The read models follow the log: a poison event is parked, a changed one is built beside the old,
 * nothing is folded twice.
 */
import { sql } from 'kysely'
import { describe, expect, it, vi } from 'vitest'
import { content } from '../support/parts'
import { counting, type CountRow, readModels } from '../support/read-models'

it('parks what it cannot process; later events of the same review wait, all others flow on', async () => {
  const h = readModels()
  await h.publish('a')
  await h.publish('b')
  await h.fix('a', 'poison')
  await h.fix('a', 'waits')
  await h.fix('b', 'flows')
  const projector = await h.start([counting(1)])
  expect(await h.rows()).toMatchObject([
    { id: 'a', seen: 1, title: content.title },
    { id: 'b', seen: 2, title: 'flows' },
  ])
  expect(await h.rows('parked').catch(() => [])).toBeDefined()
  expect(projector.followers[0]!.parked).toEqual(new Set(['a']))
  await projector.stop()
  const again = await h.start([counting(1)])
  await again.passed(await h.fix('a', 'still waits'))
  expect((await h.rows())[0]).toMatchObject({ seen: 1 })
})

it('builds a changed one from the first event and swaps it in; the old table is dropped', async () => {
  const h = readModels()
  await h.publish('a')
  await (await h.start([counting(1)])).stop()
  await h.fix('a', 'x')
  await h.start([counting(2)])
  expect(await h.rows()).toMatchObject([{ id: 'a', seen: 2 }])
  await expect(h.rows('counts_v1')).rejects.toThrow(/no such table/)
})

it('an interrupted rebuild leaves the others where they were', async () => {
  const h = readModels()
  for (let i = 0; i < 600; i++) await h.publish(`r${i}`)
  await (await h.start([counting(1), counting(1, 'others')])).stop()
  const read = h.log.read
  let pages = 0
  h.log.read = async query => {
    if (++pages === 2) throw new Error('the power failed')
    return read(query)
  }
  await expect(h.start([counting(2), counting(1, 'others')])).rejects.toThrow('the power failed')
  h.log.read = read
  await h.start([counting(2), counting(1, 'others')])
  for (const table of ['counts', 'others'])
    expect(((await h.rows(table)) as unknown as CountRow[]).every(row => row.seen === 1)).toBe(true)
})

it('one that is too large to build in memory comes out the same', async () => {
  const h = readModels()
  const at = '2026-11-24T11:00:00.000Z'
  const meta = { actor: 'Ines' }
  const reviews = 2500
  const event = (i: number, type: string, data: object) =>
    ({ type, data: { id: `r${i}`, ...data }, meta, at }) as never
  const all = Array.from({ length: reviews }, (_, i) => i)
  await h.log.append(
    'many',
    'any',
    all.map(i =>
      event(i, 'ReviewPublished', {
        slug: `r${i}`,
        critic: { id: 'ines', name: 'Ines' },
        content,
        publishedAt: at,
      }),
    ),
  )
  await h.log.append(
    'many',
    'any',
    all.map(i => event(i, 'ReviewFixed', { changes: { title: i % 2 ? 'odd' : 'even' } })),
  )
  await h.start([counting(1)], undefined, 2000)
  const rows = (await h.rows()) as unknown as CountRow[]
  expect(rows.length).toBe(reviews)
  expect(
    rows.filter(
      row => row.seen !== 2 || row.title !== (Number(row.id.slice(1)) % 2 ? 'odd' : 'even'),
    ),
  ).toEqual([])
})

it('keeps what another process has built further in the meantime', async () => {
  const h = readModels()
  const read = h.log.read
  await h.publish('a')
  let position = 0
  h.log.read = async query => {
    const events = await read(query)
    h.log.read = read
    position = await h.publish('b')
    await h.start([counting(1)])
    return events
  }
  await (await h.start([counting(1)])).passed(position, 5000)
  expect(await h.rows()).toMatchObject([
    { id: 'a', seen: 1 },
    { id: 'b', seen: 1 },
  ])
})

it('has its indexes by the time readers see it', async () => {
  const h = readModels()
  const slow = { ...counting(1), indexes: [['title'], ['seen', 'title']] }
  await h.publish('a')
  await h.start([slow])
  const { rows } = await sql<{
    columns: string
  }>`SELECT group_concat(i.name) AS columns FROM pragma_index_list('counts_v1') AS l, pragma_index_info(l.name) AS i WHERE l.origin = 'c' GROUP BY l.name ORDER BY l.name`.execute(
    h.views,
  )
  expect(rows.map(row => row.columns)).toEqual(['title', 'seen,title'])
})

it('two processes on one file fold each event once', async () => {
  const h = readModels()
  const both = [await h.start([counting(1)]), await h.start([counting(1)])]
  const position = await h.publish('a')
  await Promise.all(both.map(p => p.passed(position, 5000)))
  expect(await h.rows()).toMatchObject([{ seen: 1 }])
})

describe('passed()', () => {
  it('resolves true once the callback after the commit is done, false when that takes too long', async () => {
    const h = readModels()
    const announced = Promise.withResolvers<undefined>()
    const projector = await h.start([counting(1)], events =>
      events[0]!.type === 'ReviewPublished' ? announced.promise : undefined,
    )
    const position = await h.publish('a')
    expect(await h.clock.settle(projector.passed(position, 30))).toBe(false)
    const later = projector.passed(position, 5000)
    announced.resolve(undefined)
    expect(await later).toBe(true)
    expect(await projector.passed(position, 0)).toBe(true)
  })

  it('an event whose callback failed is announced again, in order, and none is left out', async () => {
    const h = readModels()
    const announced: number[] = []
    vi.spyOn(console, 'error').mockImplementation(() => {})
    let failures = 1
    const projector = await h.start([counting(1)], events => {
      if (events.some(e => e.type === 'ReviewPublished') && failures-- > 0)
        throw new Error('not now')
      announced.push(...events.map(e => e.position))
    })
    const position = await h.publish('a')
    expect(await h.clock.settle(projector.passed(position, 5000))).toBe(true)
    expect(announced).toEqual([1, 2])
  })
})
