/**
 * One holder at a time: the dead give way, the living do not, and a process that lost the lease
 * writes nothing.
 */
import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { expect, it } from 'vitest'
import { openAppInMemory } from '../../../server/db/open'
import {
  giveBackLease,
  LEASE_MS,
  LeaseLost,
  moveCheckpoint,
  renewLease,
  takeLease,
} from '../../../server/delivery/ledger/lease'
import { LeaseWatch } from '../../../server/delivery/ledger/lease-watch'

const head = async () => 7
const NOW = 1_800_000_000_000
const renewed = () => false
const abandoned = () => true

async function heldBy(owner: string, until = NOW + LEASE_MS) {
  const app = await openAppInMemory()
  await takeLease(app, 'far', head, NOW, renewed)
  await app.updateTable('consumers').set({ lease_owner: owner, lease_until: until }).execute()
  return app
}
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid

it('a part that has never run starts at the head', async () => {
  const app = await openAppInMemory()
  expect(await takeLease(app, 'far', head, NOW, renewed)).toEqual({
    name: 'far',
    fence: 1,
    mayLive: false,
  })
  expect(await app.selectFrom('consumers').select('checkpoint').executeTakeFirst()).toEqual({
    checkpoint: 7,
  })
})

it.each([
  [
    'a live process on this host keeps it',
    `${hostname()}:${process.ppid}:x`,
    NOW + LEASE_MS,
    undefined,
  ],
  ['a process on another host keeps it', 'elsewhere:1:x', NOW + LEASE_MS, undefined],
  ['a dead process on this host does not', `${hostname()}:${deadPid()}:x`, NOW + LEASE_MS, 2],
  [
    'one whose process id is now ours does not',
    `${hostname()}:${process.pid}:x`,
    NOW + LEASE_MS,
    2,
  ],
  ['nor does its holder lose it to a clock set forward', 'elsewhere:1:x', NOW - 1, undefined],
  ['or set back', 'elsewhere:1:x', NOW + 3_600_000, undefined],
] as const)('%s', async (_, owner, until, fence) => {
  expect((await takeLease(await heldBy(owner, until), 'far', head, NOW, renewed))?.fence).toBe(
    fence,
  )
})

it('one that is not renewed for its whole term is free, whatever the clock says', async () => {
  const app = await heldBy('elsewhere:1:x')
  let elapsed = 0
  const { isAbandoned } = new LeaseWatch(() => elapsed)
  const take = () => takeLease(app, 'far', head, NOW, isAbandoned)
  expect(await take()).toBeUndefined()
  elapsed = LEASE_MS - 1
  expect(await take()).toBeUndefined()
  await app
    .updateTable('consumers')
    .set({ lease_until: NOW - 3_600_000 })
    .execute()
  elapsed = LEASE_MS
  expect(await take()).toBeUndefined()
  elapsed = 2 * LEASE_MS
  expect(await take()).toMatchObject({ fence: 2, mayLive: true })
})

it('a process that lost it can neither renew it, nor move the checkpoint, nor give it back', async () => {
  const app = await openAppInMemory()
  const old = (await takeLease(app, 'far', head, NOW, renewed))!
  const young = (await takeLease(app, 'far', head, NOW + LEASE_MS + 1, abandoned))!
  expect(young.fence).toBe(2)
  await expect(renewLease(app, old, NOW)).rejects.toThrow(LeaseLost)
  await expect(
    app.transaction().execute(tx => moveCheckpoint(tx, old, 9, '', NOW)),
  ).rejects.toThrow(LeaseLost)
  await giveBackLease(app, old)
  expect(
    await app.selectFrom('consumers').select(['checkpoint', 'lease_until']).executeTakeFirst(),
  ).toEqual({ checkpoint: 7, lease_until: NOW + 2 * LEASE_MS + 1 })
})
