/** Who may record an outcome: the holder of the claim, and whoever knows that a reclaimed row arrived. */
import { expect, it } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import { recordOutcomes } from '../../../server/delivery/ledger/record-outcomes'
import { reclaimInterrupted } from '../../../server/delivery/ledger/recovery'
import { deliveryRow } from '../../support/delivery-rows'

const NOW = 1_800_000_000_000

async function recorded(
  state: 'accepted' | 'dead',
  { claimedBy }: { claimedBy?: string },
): Promise<{ state: string; due_at: number }> {
  const app = await openAppInMemory()
  await app
    .insertInto('deliveries')
    .values(deliveryRow({ state: 'sending', claim: 'far:1' }))
    .execute()
  await reclaimInterrupted(app, 'far', 'far:2', { now: NOW, mayLive: true })
  if (claimedBy)
    await app.updateTable('deliveries').set({ state: 'sending', claim: claimedBy }).execute()
  const outcome = { id: 1, attempts: 1, dueAt: NOW, reason: null, receipt: null }
  await recordOutcomes(app, 'far:1', [{ ...outcome, state }], NOW)
  return app.selectFrom('deliveries').select(['state', 'due_at']).executeTakeFirstOrThrow()
}

it('what arrived counts, though another process has taken over', async () => {
  expect(await recorded('accepted', {})).toMatchObject({ state: 'accepted' })
})

it('but not once that process is sending it, and nothing else counts', async () => {
  expect(await recorded('accepted', { claimedBy: 'far:2' })).toMatchObject({ state: 'sending' })
  const again = await recorded('dead', {})
  expect(again.state).toBe('retry')
  expect(again.due_at, 'the one before has time to record it').toBeGreaterThan(NOW)
})
