/** A bounce comes back to the return address of its email, and only affects that email's reader. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { mailContext } from '../support/mail-context'

let context: Awaited<ReturnType<typeof mailContext>>
let bounces: typeof import('../../server/readers/bounces')
const readers = () =>
  context.app.selectFrom('mail_readers').select(['id', 'soft_bounces']).orderBy('id').execute()
const report = (to: string, status: string, action = 'failed') =>
  `To: <${to}>\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; forwarded@elsewhere.example\nAction: ${action}\nStatus: ${status}\n\n--b--\n`
let path: string

beforeAll(async () => {
  context = await mailContext()
  bounces = await import('../../server/readers/bounces')
})
beforeEach(async () => {
  await context.clear()
  await context.run(async () => (await context.checkpoint()) === 0)
  await context.join({ email: 'a@one.example' })
  await context.publish({ id: 'ikiru' })
  await context.run(async () => context.smtp.taken.length === 1)
  await context.join({ email: 'b@two.example' })
  path = context.smtp.taken[0]!.from
})
afterAll(() => context.close())

it('permanent: the reader is erased and suppressed, although the far side names another address', async () => {
  expect(await bounces.takeReport(report(path, '5.1.1'))).toBe('suppressed')
  expect(await readers()).toEqual([{ id: 'b-two-example', soft_bounces: 0 }])
  expect(await context.app.selectFrom('suppressions').select('reason').execute()).toEqual([
    { reason: 'bounced' },
  ])
})

it('temporary: it is counted and the reader stays', async () => {
  expect(await bounces.takeReport(report(path, '4.4.1', 'delayed'))).toBe('counted')
  expect(await bounces.takeBounce(path, '4.2.2')).toBe('counted')
  expect(await readers()).toEqual([
    { id: 'a-one-example', soft_bounces: 2 },
    { id: 'b-two-example', soft_bounces: 0 },
  ])
})

it('not a bounce: nothing changes', async () => {
  expect(await bounces.takeReport(report(path, '2.0.0', 'delivered'))).toBe('nothing')
  expect(await bounces.takeReport(`To: ${path}\n\nI am on holiday.`)).toBeUndefined()
  expect(await bounces.takeReport(report(path.replace('a-one', 'b-two'), '5.1.1'))).toBeUndefined()
  expect(await readers()).toHaveLength(2)
})
