/** A read model is compared with one folded anew: the first difference is named, with both values. */
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import latestReviews from '../../server/projections/latest-reviews'
import search from '../../server/projections/search'
import { firstDifference } from '../../server/read-models/compare'
import type { Projection } from '../../server/read-models/define-projection'
import { dryRunProjection } from '../../server/read-models/dry-run'
import { foldAnew } from '../../server/read-models/fold-anew'
import { counting, readModels } from '../support/read-models'

const models = [counting(1), latestReviews, search] as Projection[]
let h: ReturnType<typeof readModels>
beforeEach(async () => {
  h = readModels()
  for (let i = 0; i < 600; i++) await h.publish(`r${String(i).padStart(4, '0')}`)
  await h.fix('r0001', 'poison')
  await h.fix('r0002', 'Another title')
})
afterEach(() => h.views.destroy())

const compared = (projection: Projection) =>
  foldAnew(h.log, models, {}, folded => firstDifference(h.views as never, folded, projection))

it('finds none where rows came about in another way: event by event, after other events', async () => {
  const projector = await h.start(models as never)
  for (let i = 0; i < 20; i++) await projector.passed(await h.fix('r0003', `Title ${i}`), 5000)
  for (const model of models) expect(await compared(model)).toBeUndefined()
})

it.each<[string, string, object]>([
  [
    'a value',
    `UPDATE counts_v1 SET title = 'forged' WHERE id >= 'r0550'`,
    { key: 'r0550', column: 'title', stored: expect.stringContaining('forged') },
  ],
  [
    'a value deep in JSON',
    `UPDATE latest_reviews_v3 SET card = json_set(card, '$.critic.name', 'Nobody') WHERE id = 'r0009'`,
    {
      key: 'r0009',
      column: 'card',
      stored: expect.stringContaining('Nobody'),
      folded: expect.stringContaining('Ines'),
    },
  ],
  ['broken JSON', `UPDATE latest_reviews_v3 SET card = '{' WHERE id = 'r0009'`, { column: 'card' }],
  [
    'a row that is gone',
    `DELETE FROM counts_v1 WHERE id = 'r0599'`,
    { key: 'r0599', stored: 'no such row' },
  ],
  [
    'the first of several rows that are gone',
    `DELETE FROM counts_v1 WHERE id BETWEEN 'r0499' AND 'r0550'`,
    { key: 'r0499', stored: 'no such row' },
  ],
  [
    'a row too many',
    `INSERT INTO counts_v1 VALUES ('r0500a', 1, 'Nobody wrote it')`,
    { key: 'r0500a', folded: 'no such row' },
  ],
  ['all rows gone', 'DELETE FROM counts_v1', { key: 'r0000', stored: 'no such row' }],
  [
    'a parked event that is forgotten',
    'DELETE FROM parked',
    { projection: 'counts', key: 'parked event 1201', stored: 'no such row' },
  ],
  [
    'words that search would not find',
    `DELETE FROM search_v2_text WHERE rowid = (SELECT rowid FROM search_v2 WHERE id = 'r0002')`,
    { projection: 'search', key: 'word 1949 in film', column: 'doc' },
  ],
])('names %s', async (_, statement, difference) => {
  await (await h.start(models as never)).stop()
  await h.sql(statement)
  const found = []
  for (const model of models) found.push(await compared(model))
  expect(found.filter(Boolean)).toEqual([expect.objectContaining(difference)])
})

it('the order of the members of an object has no meaning; long values are clipped', async () => {
  await (await h.start(models as never)).stop()
  await h.sql(
    `UPDATE latest_reviews_v3 SET card = json_set(json_remove(card, '$.id'), '$.id', id) WHERE id = 'r0004'`,
  )
  expect(await compared(latestReviews)).toBeUndefined()
  await sql`UPDATE counts_v1 SET title = ${'x'.repeat(10_000)} WHERE id = 'r0004'`.execute(h.views)
  const found = await compared(models[0]!)
  expect(found!.stored.length).toBeLessThan(250)
})

it('a dry run shows what a read model would hold from a position on, and changes nothing', async () => {
  const model = counting(9, 'newcomer') as Projection
  expect(await dryRunProjection(h.log, model, 0)).toMatchObject({
    events: 1202,
    rows: 600,
    sample: [{ id: 'r0599', seen: 1 }, {}, {}, {}, {}],
    parked: [{ position: 1201, reviewId: 'r0001', reason: 'cannot be digested' }],
  })
  expect(await dryRunProjection(h.log, model, 1199)).toMatchObject({ events: 4, rows: 1 })
  expect(await h.sql('SELECT name FROM sqlite_schema')).toEqual([])
})
