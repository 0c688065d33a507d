/**
 * A part that is stuck for more than a minute raises an alert; one that moves, is paused or is
 * merely slow does not.
 */
import type { Kysely } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import type { AppTables } from '../../../server/db/schema'
import { tellOperators } from '../../../server/delivery/contract/tell-operators'
import { type Followed, StandstillWatch } from '../../../server/operations/alerts/watch'

let app: Kysely<AppTables>
let watch: StandstillWatch
beforeEach(async () => {
  app = await openAppInMemory()
  watch = new StandstillWatch(app)
})

const part = (more: Partial<Followed> = {}): Followed[] => [
  { name: 'x', label: 'X', place: '5', behind: 0, paused: false, stopped: null, ...more },
]
const open = async () =>
  (await app.selectFrom('alerts').select(['about', 'settled_at']).execute())
    .filter(row => row.settled_at === null)
    .map(row => row.about)

it('is raised once, after a minute, and closed when the part has caught up', async () => {
  for (const at of [0, 30_000, 60_000]) await watch.look(part({ behind: 2 }), at)
  expect(await open()).toEqual([])
  for (const at of [65_000, 70_000, 600_000]) await watch.look(part({ behind: 2 }), at)
  expect(await app.selectFrom('alerts').select(['about', 'count']).execute()).toEqual([
    { about: 'x.still', count: 1 },
  ])
  await watch.look(part(), 601_000)
  expect(await open()).toEqual([])
})

it('is not closed by a restart while the part is still stuck', async () => {
  for (const at of [0, 65_000]) await watch.look(part({ behind: 2 }), at)
  await new StandstillWatch(app).look(part({ behind: 2 }), 66_000)
  expect(await open()).toEqual(['x.still'])
})

it.each<[string, (minute: number) => Partial<Followed>]>([
  ['a part that moves, however far behind', minute => ({ behind: 1000, place: String(minute) })],
  [
    'a part in the middle of one long event',
    minute => ({ behind: 1, place: `5 reader-${minute}` }),
  ],
  ['a part with nothing to do', () => ({})],
  ['a part that somebody paused', () => ({ behind: 5, paused: true, stopped: 'wrong token' })],
])('says nothing about %s', async (_, at) => {
  for (let minute = 0; minute < 10; minute++) await watch.look(part(at(minute)), minute * 60_000)
  expect(await open()).toEqual([])
})

it('is raised for a part that cannot send, and closed when it can', async () => {
  for (const at of [0, 61_000]) await watch.look(part({ stopped: 'The token has expired' }), at)
  expect(await app.selectFrom('alerts').select(['about', 'sample']).execute()).toEqual([
    { about: 'x.stopped', sample: 'The token has expired' },
  ])
  await watch.look(part(), 62_000)
  expect(await open()).toEqual([])
})

it('about dead letters is closed when none is left', async () => {
  await tellOperators(
    app,
    { about: 'x.dead', says: 'X gave up', todo: 'Look.', link: '/editor/parts' },
    0,
  )
  const row = await app
    .insertInto('deliveries')
    .values({
      reactor: 'x',
      event_id: 'e',
      position: 1,
      review_id: 'r',
      type: 'ReviewPublished',
      recipient: '',
      origin: '',
      state: 'dead',
      attempts: 1,
      due_at: 1,
      created_at: 1,
      updated_at: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await watch.look(part(), 1)
  expect(await open()).toEqual(['x.dead'])
  await app.updateTable('deliveries').set({ state: 'retry' }).where('id', '=', row.id).execute()
  await watch.look(part(), 2)
  expect(await open()).toEqual([])
})
