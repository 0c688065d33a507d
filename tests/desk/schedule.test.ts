/**
 * Scheduled reviews: each is published once when it is due, and one that cannot be published is not
 * lost silently.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { listOutbox, readOutbox } from '../../server/channels/mail/outbox'
import { useApp } from '../../server/db/open'
import { deskList } from '../../server/desk/desk-list'
import { historyOf } from '../../server/desk/history'
import { publish } from '../../server/desk/publish'
import { publishDue, startSchedule } from '../../server/desk/schedule'
import { discardDraft } from '../../server/desk/working-copy/discarded'
import { readReview } from '../../server/desk/working-copy/open-review'
import { sendDeskEmails } from '../../server/operations/alerts/desk-emails'
import { openAlerts } from '../../server/operations/alerts/open-alerts'
import {
  admit,
  draft,
  INES,
  openDeskRoom,
  overdue,
  run,
  shortNetwork,
  WRITTEN,
} from '../support/desk-room'

let close: () => Promise<void>
beforeAll(async () => {
  close = await openDeskRoom()
})
afterAll(() => close())

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(async () => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  await (await useApp()).deleteFrom('alerts').execute()
})

const round = () => publishDue(new Date().toISOString())
const later = (ms: number) => vi.setSystemTime(Date.now() + ms)
const statusOf = async (id: string) => (await readReview(id)).state.status
const alerts = async () => openAlerts(await useApp(), INES.id)
const TOO_LONG = { short: { text: 'x'.repeat(40) } }

describe('what is due', () => {
  it('is published once, however many processes look at it', async () => {
    const id = await overdue()
    await Promise.all([round(), round(), round()])
    expect(
      historyOf((await readReview(id)).events).map(({ type, actor }) => [type, actor]),
    ).toEqual([
      ['ReviewDrafted', INES.name],
      ['ReviewScheduled', INES.name],
      ['ReviewPublished', 'The schedule'],
    ])
  })

  it('is not published before its time, nor after it was cancelled', async () => {
    const early = await overdue()
    const cancelled = await overdue()
    await run(cancelled, { type: 'CancelSchedule', data: {} })
    await publishDue('2020-05-04T09:29:59.999Z')
    expect([await statusOf(early), await statusOf(cancelled)]).toEqual(['scheduled', 'draft'])
    await round()
    expect([await statusOf(early), await statusOf(cancelled)]).toEqual(['published', 'draft'])
    expect(await alerts()).toEqual([])
  })

  it('is published though the clock is set back just then', async () => {
    const stop = startSchedule()
    const { id } = await draft()
    const at = new Date(Date.now() + 300).toISOString()
    await run(id, { type: 'ScheduleReview', data: { at } })
    later(-7_200_000)
    await vi.waitFor(async () => expect(await statusOf(id)).toBe('published'), 5000)
    await stop()
  })

  it('is published by the running schedule, which stops when asked to', async () => {
    const stop = startSchedule()
    const id = await overdue()
    await vi.waitFor(async () => expect(await statusOf(id)).toBe('published'), 5000)
    await stop()
  })
})

describe('a review that can no longer be published', () => {
  it('is a draft again, with the reason in its history', async () => {
    const id = await overdue(WRITTEN, TOO_LONG)
    await round()
    expect(historyOf((await readReview(id)).events).at(-1)).toMatchObject({
      type: 'ScheduleCancelled',
      actor: 'The schedule',
      reason: 'The text for Short network is too long.',
    })
    expect(await statusOf(id)).toBe('draft')
  })

  it('alerts the editors: which one, why, and where to fix it', async () => {
    const id = await overdue(WRITTEN, TOO_LONG)
    await round()
    await round()
    expect(await alerts()).toMatchObject([
      {
        about: 'schedule.refused',
        says: 'The schedule could not publish 1 review.',
        sample: '“Everyone in Vienna”: The text for Short network is too long.',
        link: `/editor/${id}`,
      },
    ])
  })

  it('does not hold up other reviews', async () => {
    const refused = await overdue({ ...WRITTEN, rating: undefined })
    const other = await overdue()
    await round()
    expect([await statusOf(refused), await statusOf(other)]).toEqual(['draft', 'published'])
  })

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['published', async id => publish(await readReview(id), INES, {})],
    [
      'scheduled again',
      id => run(id, { type: 'ScheduleReview', data: { at: '2031-05-04T09:30:00.000Z' } }),
    ],
    [
      'discarded',
      async id =>
        discardDraft(await useApp(), await readReview(id), { actor: INES.name, now: Date.now() }),
    ],
  ])('is off the list of alerts once it is %s', async (_, mend) => {
    const id = await overdue(WRITTEN, TOO_LONG)
    await mendAllBut(id)
    await round()
    later(60_000)
    await round()
    expect(await alerts()).toHaveLength(1)
    await mend(id)
    await round()
    expect(await alerts()).toEqual([])
  })

  it('stays on it for a moment in any case: another process may just be about to cancel its schedule', async () => {
    const id = await overdue(WRITTEN, TOO_LONG)
    await mendAllBut(id)
    await round()
    await publish(await readReview(id), INES, {})
    later(5000)
    await round()
    expect(await alerts()).toHaveLength(1)
  })
})

describe('its critic', () => {
  it('is emailed once: which one, why, and where to fix it', async () => {
    const id = await overdue(WRITTEN, TOO_LONG)
    await round()
    await round()
    const app = await useApp()
    await sendDeskEmails(app, Date.now())
    await sendDeskEmails(app, Date.now() + 60_000)
    const emails = (await listOutbox(app)).filter(({ to }) => to === INES.email)
    expect(emails.map(({ subject }) => subject)).toContain('Not published: Everyone in Vienna')
    const kept = await Promise.all(emails.map(email => readOutbox(app, email.id)))
    const about = kept.filter(email => email!.text.includes(`/editor/${id}`))
    expect(about).toHaveLength(1)
    expect(about[0]!.text).toContain('The text for Short network is too long.')
  })

  it('and everybody else see the reason at the desk, until it is scheduled again', async () => {
    const id = await overdue(WRITTEN, TOO_LONG)
    await round()
    const shown = async () => (await deskList()).find(item => item.id === id)!.refused
    expect(await shown()).toBe('The text for Short network is too long.')
    await run(id, { type: 'ScheduleReview', data: { at: '2031-05-04T09:30:00.000Z' } })
    expect(await shown()).toBeUndefined()
    expect((await readReview(id)).state.refused).toBeUndefined()
  })
})

describe('a schedule of somebody who may no longer publish it', () => {
  const OMAR = { id: 'omar', name: 'Omar Diaz', email: 'omar@example.org', role: 'editor' } as const
  const byOmar = { ...OMAR, caller: 'person:omar' }
  const leaves = async (id: string) =>
    (await useApp()).deleteFrom('people').where('id', '=', id).execute()
  const reasonOf = async (id: string) => (await readReview(id)).state.refused?.reason
  afterEach(() => admit(INES))

  it.each<[string, () => Promise<string>, string]>([
    [
      'its removed critic',
      async () => {
        const id = await overdue()
        await leaves(INES.id)
        return id
      },
      'Ines Okafor no longer has an account here. An owner decides whether it is published.',
    ],
    [
      'a removed editor',
      async () => {
        const id = await overdue(WRITTEN, undefined, byOmar)
        await leaves(OMAR.id)
        return id
      },
      'Omar Diaz no longer has an account here. An owner decides whether it is published.',
    ],
    [
      'an editor who is a critic now',
      async () => {
        await admit({ ...OMAR, role: 'critic' })
        return overdue(WRITTEN, undefined, byOmar)
      },
      'Omar Diaz may no longer publish a review by Ines Okafor. An owner decides whether it is published.',
    ],
  ])('asks an owner first: %s', async (_, prepare, reason) => {
    const id = await prepare()
    await round()
    expect([await statusOf(id), await reasonOf(id)]).toEqual(['draft', reason])
    expect((await alerts()).map(alert => alert.sample)).toEqual([`“Everyone in Vienna”: ${reason}`])
    await publish(await readReview(id), INES, {})
    expect(await reasonOf(id)).toBeUndefined()
  })

  it('an editor’s schedule stands without the critic', async () => {
    await admit(OMAR)
    const id = await overdue(WRITTEN, undefined, byOmar)
    await leaves(INES.id)
    await round()
    expect(await statusOf(id)).toBe('published')
  })
})

describe('a failure of ours', () => {
  it('leaves the review scheduled, alerts the editors once, and is resolved when a round succeeds', async () => {
    const id = await overdue(WRITTEN, { short: { text: 'break' } })
    const other = await overdue()
    await round()
    await round()
    expect([await statusOf(id), await statusOf(other)]).toEqual(['scheduled', 'published'])
    expect(await alerts()).toMatchObject([
      {
        about: 'schedule.failing',
        says: 'The schedule fails.',
        sample: 'the picture cannot be drawn',
      },
    ])
    vi.spyOn(shortNetwork, 'render').mockReturnValue({})
    await round()
    expect(await statusOf(id)).toBe('published')
    expect(await alerts()).toEqual([])
  })
})

/** Discards reviews that earlier tests left as refused drafts. */
async function mendAllBut(id: string) {
  const app = await useApp()
  const copies = await app.selectFrom('working_copies').select('review_id').execute()
  for (const { review_id } of copies) {
    const review = await readReview(review_id)
    if (review_id !== id && review.state.status === 'draft')
      await discardDraft(app, review, { actor: INES.name, now: Date.now() })
  }
}
