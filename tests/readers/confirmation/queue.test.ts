/** Confirmation letters: enqueued before the answer, sent until the server takes them, never after the wish was answered or erased. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { setPaused } from '../../../server/operations/part-status'
import { mailHouse } from '../../support/mail-house'

let house: Awaited<ReturnType<typeof mailHouse>>
let registry: typeof import('../../../server/delivery/contract/registry')
let confirmations: typeof import('../../../server/readers/confirmation/queue')
let doubleOptIn: typeof import('../../../server/readers/confirmation/double-opt-in')
const NOW = Date.UTC(2026, 10, 16, 11)
const waiting = () => house.app.selectFrom('confirmations').selectAll().execute()
const token = () =>
  /\/subscribe\/confirm\?token=([\w.-]+)/.exec(
    house.smtp.taken[0]!.source.replace(/=\r\n/g, '').replace(/=3D/g, '='),
  )![1]!

beforeAll(async () => {
  house = await mailHouse()
  registry = await import('../../../server/delivery/contract/registry')
  confirmations = await import('../../../server/readers/confirmation/queue')
  doubleOptIn = await import('../../../server/readers/confirmation/double-opt-in')
})
beforeEach(() => house.clear())
afterAll(() => house.close())

async function ask(email = 'ines@example.org', now = NOW) {
  const asked = await doubleOptIn.askByMail(house.app, {
    email,
    wants: { genres: ['Thriller'] },
    now,
  })
  await confirmations.sendConfirmation(asked!, now)
  return asked!
}

describe('a confirmation letter', () => {
  it('has its own Message-ID, the token that opens the list, and nothing to unsubscribe from', async () => {
    const { id } = await ask()
    expect(await confirmations.sendDue(NOW)).toBe(1)
    expect(house.smtp.taken).toMatchObject([
      { to: ['ines@example.org'], messageId: `confirm.${id}.${NOW}@mymovies.example` },
    ])
    expect(house.smtp.taken[0]!.source).not.toMatch(/^List-/m)
    expect((await doubleOptIn.readConfirmation(house.app, token(), NOW)).state).toBe('open')
    expect(await waiting()).toEqual([])
  })

  it('waits on disk with neither address nor token in its row', async () => {
    const { id } = await ask()
    expect(await waiting()).toEqual([{ reader_id: id, attempts: 0, due_at: NOW, created_at: NOW }])
  })

  it('is tried again while the server says not now, with the same Message-ID', async () => {
    await ask()
    house.smtp.behave({ code: 450, say: '4.2.0 greylisted', times: 1 })
    expect(await confirmations.sendDue(NOW)).toBe(0)
    expect(await confirmations.sendDue(NOW)).toBe(0)
    const [row] = await waiting()
    expect(row).toMatchObject({ attempts: 1, created_at: NOW })
    expect(await confirmations.sendDue(row!.due_at)).toBe(1)
    expect(house.smtp.taken[0]!.messageId).toContain(`.${NOW}@`)
  })

  it('is given up when there is no such address', async () => {
    await ask()
    house.smtp.behave({ code: 550, say: '5.1.1 no such user' })
    await confirmations.sendDue(NOW)
    expect(await waiting()).toEqual([])
  })

  it('is not sent to who was erased before', async () => {
    await ask()
    await house.app.deleteFrom('mail_readers').execute()
    expect(await confirmations.sendDue(NOW)).toBe(0)
    expect([house.smtp.taken, await waiting()]).toEqual([[], []])
  })

  it('is taken by one of several processes', async () => {
    await ask()
    expect(
      (
        await Promise.all([
          confirmations.sendDue(NOW),
          confirmations.sendDue(NOW),
          confirmations.sendDue(NOW),
        ])
      ).sort(),
    ).toEqual([0, 0, 1])
    expect(house.smtp.taken).toHaveLength(1)
  })

  it('is claimed again when a process died over it', async () => {
    const { id } = await ask()
    await house.app
      .updateTable('confirmations')
      .set({ due_at: NOW + 30_000 })
      .where('reader_id', '=', id)
      .execute()
    expect(await confirmations.sendDue(NOW + 30_000)).toBe(1)
  })

  it('waits while the part that sends email is paused', async () => {
    const { default: part } = await import('../../../server/reactors/email')
    registry.registerReactors([part])
    await house.run(async () => (await house.checkpoint()) === 0)
    await ask()
    await setPaused(house.app, part.name, true, 'looking', NOW)
    expect([await confirmations.sendDue(NOW), (await waiting()).length]).toEqual([0, 1])
    await setPaused(house.app, part.name, false, null, NOW)
    expect(await confirmations.sendDue(NOW)).toBe(1)
  })

  it('asked for twice is two letters', async () => {
    await ask()
    await confirmations.sendDue(NOW)
    await ask('ines@example.org', NOW + 60_000)
    await confirmations.sendDue(NOW + 60_000)
    expect(new Set(house.smtp.taken.map(({ messageId }) => messageId)).size).toBe(2)
  })
})

it('the loop sends at once what is asked for while it runs, and stops', async () => {
  const stop = confirmations.startConfirmations(60_000)
  await ask('ines@example.org', Date.now())
  await vi.waitUntil(() => house.smtp.taken.length === 1, { timeout: 5000 })
  await stop()
})
