/** A review's whole run sheet, from real events and ledger rows. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { useApp } from '../../../server/db/open'
import { defineReactor } from '../../../server/delivery/contract/define-reactor'
import { registerReactors } from '../../../server/delivery/contract/registry'
import { publish } from '../../../server/desk/publish'
import { runSheet } from '../../../server/desk/run-sheet/run-sheet'
import { readReview } from '../../../server/desk/working-copy/open-review'
import type { Recorded } from '../../../server/log/event-log'
import type { PartChoices } from '../../../server/review/events'
import { draft, INES, openDeskRoom, run } from '../../support/desk-room'

const heard = async () => ({})
const every = { ReviewPublished: heard, ReviewFixed: heard }
const first = defineReactor({ name: 'first', label: 'First', on: every })
const second = defineReactor({ name: 'second', label: 'Second', on: every })

let close: () => Promise<void>
beforeAll(async () => {
  close = await openDeskRoom()
  registerReactors([first, second])
  const app = await useApp()
  for (const { name } of [first, second])
    await app
      .insertInto('consumers')
      .values({
        name,
        checkpoint: 1000,
        plan_cursor: '',
        lease_until: 0,
        fence: 0,
        paused: 0,
        updated_at: 0,
      })
      .execute()
})
afterAll(() => close())
afterEach(async () => {
  await (await useApp()).deleteFrom('deliveries').execute()
})

const published = async (parts?: PartChoices) => {
  const { id } = await draft()
  await publish(await readReview(id), INES, { parts })
  return readReview(id)
}

interface Row {
  state: 'pending' | 'accepted' | 'dead' | 'sending'
  planned?: number
  due?: number
}

async function plan(part: string, event: Recorded, { state, planned = 0, due = Date.now() }: Row) {
  await (
    await useApp()
  )
    .insertInto('deliveries')
    .values({
      reactor: part,
      event_id: event.id,
      position: event.position,
      review_id: event.data.id,
      type: event.type,
      recipient: '',
      origin: '',
      state,
      attempts: 0,
      due_at: due,
      created_at: Date.now() + planned,
      updated_at: Date.parse(event.at) + 2500,
    })
    .execute()
}

it('of a draft is empty', async () => {
  expect(await runSheet(await draft())).toMatchObject({ parts: [], lines: [], settled: true })
})

it('begins with the log and the front page; parts come in the order of their first report', async () => {
  const review = await published()
  const event = review.events.at(-1)!
  await plan('second', event, { state: 'accepted', planned: 1 })
  await plan('first', event, { state: 'dead', planned: 2 })
  const { lines, event: told } = await runSheet(review)
  expect(told).toMatchObject({ type: 'ReviewPublished', position: event.position })
  expect(lines.map(({ label, state }) => [label, state])).toEqual([
    ['The log', 'Saved'],
    ['Front page', 'Sent'],
    ['Second', 'Posted'],
    ['First', 'Failed'],
  ])
  expect(lines[0]!.detail).toBe(`ReviewPublished, position ${event.position}`)
  expect(lines[2]!.after).toBe(2.5)
})

it('says which part the critic switched off', async () => {
  const { lines } = await runSheet(await published({ second: false }))
  expect(lines.find(line => line.part === 'second')!.state).toBe('Switched off')
})

it('shows the newest event, and below it earlier ones that had deliveries', async () => {
  const { id, events } = await published()
  await plan('first', events.at(-1)!, { state: 'accepted' })
  await run(id, { type: 'FixReview', data: { changes: { title: 'Fixed' } } })
  await run(id, { type: 'FixReview', data: { changes: { title: 'Fixed again' } } })
  const sheet = await runSheet(await readReview(id))
  expect(sheet.event!.type).toBe('ReviewFixed')
  expect(
    sheet.earlier.map(({ event, lines }) => [event.type, lines.map(line => line.part)]),
  ).toEqual([['ReviewPublished', ['first']]])
})

it.each<[string, Row, boolean]>([
  ['is settled when all is done', { state: 'accepted' }, true],
  ['is not while something is being sent', { state: 'sending', due: Date.now() + 3600_000 }, false],
  ['is not while something is due', { state: 'pending' }, false],
  [
    'is while the next attempt is an hour away',
    { state: 'pending', due: Date.now() + 3600_000 },
    true,
  ],
])('%s', async (_, row, settled) => {
  const review = await published()
  await plan('first', review.events.at(-1)!, row)
  expect((await runSheet(review)).settled).toBe(settled)
})
