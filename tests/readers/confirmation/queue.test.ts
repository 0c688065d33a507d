/**
 * Confirmation emails: queued before the answer, retried until the server accepts them, never sent
 * after the request was answered or erased.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { setPaused } from '../../../server/operations/part-status'
import { mailContext } from '../../support/mail-context'

let context: Awaited<ReturnType<typeof mailContext>>
let confirmations: typeof import('../../../server/readers/confirmation/queue')
let doubleOptIn: typeof import('../../../server/readers/confirmation/double-opt-in')
const NOW = Date.UTC(2026, 10, 16, 11)
const DAY = 86_400_000
const alerts = () =>
  context.app.selectFrom('alerts').selectAll().where('settled_at', 'is', null).execute()
const waiting = () => context.app.selectFrom('confirmations').selectAll().execute()
const token = () =>
  /\/subscribe\/confirm\?token=([\w.-]+)/.exec(
    context.smtp.taken[0]!.source.replace(/=\r\n/g, '').replace(/=3D/g, '='),
  )![1]!

beforeAll(async () => {
  context = await mailContext()
  confirmations = await import('../../../server/readers/confirmation/queue')
  doubleOptIn = await import('../../../server/readers/confirmation/double-opt-in')
})
beforeEach(() => context.clear())
afterAll(() => context.close())

async function ask(email = 'ines@example.org', now = NOW) {
  const asked = await doubleOptIn.askByMail(context.app, {
    email,
    wants: { genres: ['Thriller'] },
    now,
  })
  await confirmations.sendConfirmation(asked!, now)
  return asked!
}

describe('a confirmation email', () => {
  it('has its own Message-ID and the confirmation token, and nothing to unsubscribe from', async () => {
    const { id } = await ask()
    expect(await confirmations.sendDue(NOW)).toBe(1)
    expect(context.smtp.taken).toMatchObject([
      { to: ['ines@example.org'], messageId: `confirm.${id}.${NOW}@mymovies.example` },
    ])
    expect(context.smtp.taken[0]!.source).not.toMatch(/^List-/m)
    expect((await doubleOptIn.readConfirmation(context.app, token(), NOW)).state).toBe('open')
    expect(await waiting()).toEqual([])
  })

  it('waits on disk with neither address nor token in its row', async () => {
    const { id } = await ask()
    expect(await waiting()).toEqual([{ reader_id: id, attempts: 0, due_at: NOW, created_at: NOW }])
  })

  it('is tried again while the server refuses it temporarily, with the same Message-ID', async () => {
    await ask()
    context.smtp.behave({ code: 450, say: '4.2.0 greylisted', times: 1 })
    expect(await confirmations.sendDue(NOW)).toBe(0)
    expect(await confirmations.sendDue(NOW)).toBe(0)
    const [row] = await waiting()
    expect(row).toMatchObject({ attempts: 1, created_at: NOW })
    expect(await confirmations.sendDue(row!.due_at)).toBe(1)
    expect(context.smtp.taken[0]!.messageId).toContain(`.${NOW}@`)
  })

  it('is given up if there is no such address', async () => {
    await ask()
    context.smtp.behave({ code: 550, say: '5.1.1 no such user' })
    await confirmations.sendDue(NOW)
    expect(await waiting()).toEqual([])
  })

  it.each([
    ['the relay', { code: 550, say: 'relay not permitted' }],
    ['the sender', { step: 'from' as const, code: 550, say: '5.1.1 unknown sender' }],
    ['the email', { step: 'data' as const, code: 554, say: '5.7.1 looks like spam' }],
    ['our greeting', { step: 'greeting' as const, code: 554, say: 'no' }],
  ])('is kept, and editors are told, if the mail server refuses %s', async (_, rule) => {
    context.reconnect()
    await ask()
    context.smtp.behave(rule)
    await confirmations.sendDue(NOW)
    const [row] = await waiting()
    expect(row).toMatchObject({ attempts: 1 })
    expect(await alerts()).toMatchObject([
      { about: 'email.confirmations', sample: expect.stringContaining(rule.say) },
    ])
    context.smtp.behave()
    expect(await confirmations.sendDue(row!.due_at)).toBe(1)
    expect(await alerts()).toEqual([])
  })

  it('is tried for three days if it is refused, and editors are told that it was given up', async () => {
    await ask()
    context.smtp.behave({ code: 550, say: 'no' })
    const tries = []
    for (let row; (row = (await waiting())[0]);) {
      tries.push(row.due_at)
      await confirmations.sendDue(row.due_at)
    }
    expect(tries.length).toBeGreaterThan(15)
    expect(tries.at(-1)! - NOW).toBeGreaterThan(3 * DAY)
    expect((await alerts()).map(({ about }) => about)).toContain('email.confirmations-given-up')
    expect(await context.app.selectFrom('mail_readers').select('state').execute()).toEqual([
      { state: 'unconfirmed' },
    ])
  })

  it('is not an alert if only its own address is refused', async () => {
    await ask('typo@example.org')
    await ask('there@example.org')
    context.smtp.behave({ to: 'typo', code: 550, say: 'no such user' })
    await confirmations.sendDue(NOW)
    const [row] = await waiting()
    await confirmations.sendDue(row!.due_at)
    expect((await waiting())[0]).toMatchObject({ attempts: 2 })
    expect(await alerts()).toEqual([])
  })

  it('is not sent to a reader who was erased before', async () => {
    await ask()
    await context.app.deleteFrom('mail_readers').execute()
    expect(await confirmations.sendDue(NOW)).toBe(0)
    expect([context.smtp.taken, await waiting()]).toEqual([[], []])
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
    expect(context.smtp.taken).toHaveLength(1)
  })

  it('is claimed again if a process died while sending it', async () => {
    const { id } = await ask()
    await context.app
      .updateTable('confirmations')
      .set({ due_at: NOW + 30_000 })
      .where('reader_id', '=', id)
      .execute()
    expect(await confirmations.sendDue(NOW + 30_000)).toBe(1)
  })

  it('waits while the part that sends email is paused', async () => {
    const { default: part } = await import('../../../server/reactors/email')
    await context.run(async () => (await context.checkpoint()) === 0)
    await ask()
    await setPaused(context.app, part.name, true, 'looking', NOW)
    expect([await confirmations.sendDue(NOW), (await waiting()).length]).toEqual([0, 1])
    await setPaused(context.app, part.name, false, null, NOW)
    expect(await confirmations.sendDue(NOW)).toBe(1)
  })

  it('asked for twice is two emails', async () => {
    await ask()
    await confirmations.sendDue(NOW)
    await ask('ines@example.org', NOW + 60_000)
    await confirmations.sendDue(NOW + 60_000)
    expect(new Set(context.smtp.taken.map(({ messageId }) => messageId)).size).toBe(2)
  })
})

it('the loop sends requests that come in while it runs at once, and stops', async () => {
  const stop = confirmations.startConfirmations(60_000)
  await ask('ines@example.org', Date.now())
  await vi.waitUntil(() => context.smtp.taken.length === 1, { timeout: 5000 })
  await stop()
})
