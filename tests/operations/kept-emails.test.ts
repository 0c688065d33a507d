/** Emails that were kept for want of a mail server: sent through the ledger again, or discarded. */
import type { Kysely } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { openAppInMemory } from '../../server/db/open'
import type { AppTables } from '../../server/db/schema'
import { discardKept, sendKept } from '../../server/operations/kept-emails'
import { deliveryRow } from '../support/delivery-rows'

const NOW = 5000
const kept = JSON.stringify({ id: 'x', url: '/editor/outbox' })
let app: Kysely<AppTables>
beforeEach(async () => {
  app = await openAppInMemory()
})

const keep = async (
  event: string,
  reader: string,
  more: { bundle?: string; isListed?: boolean } = {},
) => {
  const { bundle, isListed = true } = more
  const row = { reactor: 'email', event_id: event, recipient: reader, state: 'accepted' } as const
  await app
    .insertInto('deliveries')
    .values(deliveryRow({ ...row, receipt: kept, bundle }))
    .execute()
  if (!isListed) return
  await app
    .insertInto('outbox')
    .values({
      message_id: `${event}.${reader}@mymovies.example`,
      sender: 'MyMovies <a@b.example>',
      recipient: `${reader}@example.com`,
      subject: event,
      source: '',
      at: 1,
    })
    .execute()
}
const context = () => ({ app, part: 'email', now: NOW })
const states = async () =>
  (await app.selectFrom('deliveries').select(['state', 'reason']).orderBy('id').execute()).map(
    row => row.reason ?? row.state,
  )
const left = async () =>
  (await app.selectFrom('outbox').select('subject').orderBy('id').execute()).map(r => r.subject)

it('sends one, and leaves the others', async () => {
  await keep('e1', 'r1')
  await keep('e1', 'r2')
  expect(await sendKept(context(), [1])).toBe(1)
  expect([await states(), await left()]).toEqual([['pending', 'accepted'], ['e1']])
})

it('sends all, also those that had no room in the outbox, and nothing that a server had taken', async () => {
  await keep('e1', 'r1')
  await keep('e2', 'r1', { isListed: false })
  await app
    .insertInto('deliveries')
    .values(deliveryRow({ reactor: 'email', state: 'accepted', receipt: '{"id":"250"}' }))
    .execute()
  expect(await sendKept(context())).toBe(2)
  expect(await sendKept(context())).toBe(0)
  expect([await states(), await left()]).toEqual([['pending', 'pending', 'accepted'], []])
})

it('sends a digest as a whole', async () => {
  await keep('e1', 'r1', { bundle: 'daily:1' })
  await keep('e2', 'r1', { bundle: 'daily:1', isListed: false })
  await keep('e2', 'r2', { bundle: 'daily:1', isListed: false })
  expect(await sendKept(context(), [1])).toBe(2)
  expect(await states()).toEqual(['pending', 'pending', 'accepted'])
})

it('discards, and a later sending does not bring it back', async () => {
  await keep('e1', 'r1')
  await keep('e1', 'r2', { isListed: false })
  expect(await discardKept(context())).toBe(2)
  expect(await sendKept(context())).toBe(0)
  expect([await states(), await left()]).toEqual([Array(2).fill('discarded from the outbox'), []])
})
