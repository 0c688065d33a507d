/** Drafts that were discarded, and restored. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { appReadOnly, useApp } from '../../../server/db/open'
import { deskList } from '../../../server/desk/desk-list'
import { publish } from '../../../server/desk/publish'
import {
  discardDraft,
  discardedAt,
  restoreDraft,
} from '../../../server/desk/working-copy/discarded'
import { readReview } from '../../../server/desk/working-copy/open-review'
import { draft, INES, openDeskRoom, overdue, run } from '../../support/desk-room'

let close: () => Promise<void>
beforeAll(async () => {
  close = await openDeskRoom()
})
afterAll(() => close())

const NOW = Date.parse('2026-11-23T20:00:00.000Z')
const discard = async (id: string, now = NOW) =>
  discardDraft(await useApp(), await readReview(id), { actor: INES.name, now })
const listed = async (id: string) => (await deskList()).find(item => item.id === id)?.status

it('a discarded draft is marked with the first time it was discarded, and a restored one is not', async () => {
  const { id } = await draft()
  await discard(id)
  await discard(id, NOW + 5000)
  expect(await discardedAt(appReadOnly(), id)).toBe('2026-11-23T20:00:00.000Z')
  expect(await listed(id)).toBe('discarded')
  await restoreDraft(await useApp(), id)
  expect(await discardedAt(appReadOnly(), id)).toBeUndefined()
  expect(await listed(id)).toBe('draft')
})

it('keeps its text', async () => {
  const { id, content } = await draft()
  await discard(id)
  expect((await readReview(id)).content).toEqual(content)
})

it('a scheduled review must be cancelled first', async () => {
  await expect(discard(await overdue())).rejects.toMatchObject({
    statusCode: 409,
    message: 'It is scheduled. Cancel that first.',
  })
})

it('a published review cannot be discarded, even if it was archived', async () => {
  const { id } = await draft()
  await publish(await readReview(id), INES, {})
  await expect(discard(id)).rejects.toMatchObject({ statusCode: 409 })
  await run(id, { type: 'ArchiveReview', data: { reason: 'Wrong cut.' } })
  await expect(discard(id)).rejects.toMatchObject({ statusCode: 409 })
})

it('a discarded draft that is published anyway is public, not discarded', async () => {
  const { id } = await draft()
  await discard(id)
  await publish(await readReview(id), INES, {})
  expect(await listed(id)).toBe('published')
})
