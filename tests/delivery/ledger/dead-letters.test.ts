/** A dead letter that is sent again begins anew: its first attempt is due at once, and the old reason is gone. */
import { expect, it } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import { redrive, redriveAll } from '../../../server/delivery/ledger/dead-letters'
import { deliveryRow } from '../../support/delivery-rows'

const NOW = 1_800_000_000_000

it.each([
  ['one', (app: Parameters<typeof redrive>[0]) => redrive(app, 1, NOW)],
  ['all', (app: Parameters<typeof redrive>[0]) => redriveAll(app, {}, NOW)],
])('%s', async (_, again) => {
  const app = await openAppInMemory()
  await app
    .insertInto('deliveries')
    .values(deliveryRow({ state: 'dead', attempts: 9, reason: 'answered 503', due_at: 5 }))
    .execute()
  await again(app)
  expect(await app.selectFrom('deliveries').selectAll().executeTakeFirst()).toMatchObject({
    state: 'retry',
    attempts: 0,
    reason: null,
    due_at: NOW,
  })
})
