/** Trouble that needs a person is one row, however often it happens. */
import type { Kysely } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import type { AppTables } from '../../../server/db/schema'
import {
  closeAlert,
  tellOperators,
  type Trouble,
} from '../../../server/delivery/contract/tell-operators'

let app: Kysely<AppTables>
beforeEach(async () => {
  app = await openAppInMemory()
})

const dead = (more: Partial<Trouble> = {}): Trouble => ({
  about: 'push.dead',
  says: 'Push gave up',
  unit: ['delivery', 'deliveries'],
  sample: 'answered 418',
  todo: 'Look.',
  link: '/editor/parts#dead',
  ...more,
})
const row = () => app.selectFrom('alerts').selectAll().executeTakeFirstOrThrow()

it('counts, and keeps the newest reason', async () => {
  await tellOperators(app, dead(), 1000)
  await tellOperators(app, dead({ count: 9999, sample: 'answered 500' }), 2000)
  expect(await row()).toMatchObject({
    count: 10_000,
    said: 0,
    sample: 'answered 500',
    opened_at: 1000,
    unsaid_since: 1000,
    last_at: 2000,
  })
})

it('reopens after it was resolved, and remembers when the last email was sent', async () => {
  await tellOperators(app, dead(), 1000)
  await app.updateTable('alerts').set({ told_at: 1500, said: 1 }).execute()
  await closeAlert(app, 'push.dead', 2000)
  expect(await row()).toMatchObject({ settled_at: 2000 })
  await tellOperators(app, dead(), 3000)
  expect(await row()).toMatchObject({
    count: 1,
    said: 0,
    opened_at: 3000,
    unsaid_since: 3000,
    settled_at: null,
    told_at: 1500,
  })
})

it('counts a lasting state once until it is resolved', async () => {
  for (const at of [1, 2, 3]) await tellOperators(app, dead({ lasting: true }), at)
  expect((await row()).count).toBe(1)
  await closeAlert(app, 'push.dead', 4)
  await tellOperators(app, dead({ lasting: true }), 5)
  expect(await row()).toMatchObject({ count: 1, settled_at: null, opened_at: 5 })
})

it('is rolled back with the transaction of the failure', async () => {
  await expect(
    app.transaction().execute(async tx => {
      await tellOperators(tx, dead(), 1)
      throw new Error('not after all')
    }),
  ).rejects.toThrow('not after all')
  expect(await app.selectFrom('alerts').selectAll().execute()).toEqual([])
})

it.each(['', 'Push', 'push dead', '../x'])('refuses the name "%s"', about =>
  expect(tellOperators(app, dead({ about }), 1)).rejects.toThrow('not a valid name for an alert'),
)
