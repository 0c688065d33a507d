/** A bounce comes back to the address that its letter left with, and only that letter's reader is meant. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { mailHouse } from '../support/mail-house'

let house: Awaited<ReturnType<typeof mailHouse>>
let bounces: typeof import('../../server/readers/bounces')
const readers = () =>
  house.app.selectFrom('mail_readers').select(['id', 'soft_bounces']).orderBy('id').execute()
const report = (to: string, status: string, action = 'failed') =>
  `To: <${to}>\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; forwarded@elsewhere.example\nAction: ${action}\nStatus: ${status}\n\n--b--\n`
let path: string

beforeAll(async () => {
  house = await mailHouse()
  bounces = await import('../../server/readers/bounces')
})
beforeEach(async () => {
  await house.clear()
  await house.run(async () => (await house.checkpoint()) === 0)
  await house.join({ email: 'a@one.example' })
  await house.publish({ id: 'ikiru' })
  await house.run(async () => house.smtp.taken.length === 1)
  await house.join({ email: 'b@two.example' })
  path = house.smtp.taken[0]!.from
})
afterAll(() => house.close())

it('for good: the reader is erased and remembered, although the far side names another address', async () => {
  expect(await bounces.takeReport(report(path, '5.1.1'))).toBe('suppressed')
  expect(await readers()).toEqual([{ id: 'b-two-example', soft_bounces: 0 }])
  expect(await house.app.selectFrom('suppressions').select('reason').execute()).toEqual([
    { reason: 'bounced' },
  ])
})

it('for now: the reader is counted and stays', async () => {
  expect(await bounces.takeReport(report(path, '4.4.1', 'delayed'))).toBe('counted')
  expect(await bounces.takeBounce(path, '4.2.2')).toBe('counted')
  expect(await readers()).toEqual([
    { id: 'a-one-example', soft_bounces: 2 },
    { id: 'b-two-example', soft_bounces: 0 },
  ])
})

it('that is no bounce changes nothing', async () => {
  expect(await bounces.takeReport(report(path, '2.0.0', 'delivered'))).toBe('nothing')
  expect(await bounces.takeReport(`To: ${path}\n\nI am on holiday.`)).toBeUndefined()
  expect(await bounces.takeReport(report(path.replace('a-one', 'b-two'), '5.1.1'))).toBeUndefined()
  expect(await readers()).toHaveLength(2)
})
