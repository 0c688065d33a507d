/** What a part repairs in the ledger when it takes the lease. */
import type { Kysely } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import type { AppTables } from '../../../server/db/schema'
import { startAtHead } from '../../../server/delivery/ledger/lease'
import {
  clampDueTimes,
  reclaimInterrupted,
  retryAfterRepair,
} from '../../../server/delivery/ledger/recovery'
import { deliveryRow } from '../../support/delivery-rows'

const NOW = 1_800_000_000_000
const LATER = NOW + 60_000

let app: Kysely<AppTables>
beforeEach(async () => {
  app = await openAppInMemory()
})

const insert = (...rows: Parameters<typeof deliveryRow>[0][]) =>
  app.insertInto('deliveries').values(rows.map(deliveryRow)).execute()
const rows = () =>
  app.selectFrom('deliveries').select(['state', 'due_at', 'attempts']).orderBy('id').execute()

it('what another holder of the lease was sending is due again, and the interrupted attempt does not count', async () => {
  await insert(
    { state: 'sending', claim: 'far:1', attempts: 2 },
    { state: 'sending', claim: 'far:2' },
    { state: 'sending', claim: 'other:1', reactor: 'other' },
  )
  await reclaimInterrupted(app, 'far', 'far:2', { now: NOW, mayLive: false })
  expect(await rows()).toEqual([
    { state: 'retry', due_at: NOW, attempts: 2 },
    { state: 'sending', due_at: 1, attempts: 0 },
    { state: 'sending', due_at: 1, attempts: 0 },
  ])
})

it.each([
  [
    'tries waiting deliveries at once if the part could not send before',
    'the token has expired',
    NOW,
  ],
  ['leaves them alone if it could', null, LATER],
])('%s', async (_, stopped, dueAt) => {
  await startAtHead(app, 'far', async () => 0, NOW)
  await app.updateTable('consumers').set({ stopped }).execute()
  await insert({ state: 'retry', due_at: LATER })
  await retryAfterRepair(app, 'far', NOW)
  expect(await rows()).toMatchObject([{ due_at: dueAt }])
})

it('brings forward only what a clock that jumped back left too late', async () => {
  await insert(
    { due_at: NOW },
    { due_at: LATER + 1 },
    { state: 'retry', due_at: LATER + 1 },
    { state: 'accepted', due_at: LATER + 1 },
  )
  await clampDueTimes(app, 'far', LATER)
  expect((await rows()).map(row => row.due_at)).toEqual([NOW, LATER, LATER, LATER + 1])
})
