/** When an email that does not come from an event is tried again, and when it is given up. */
import { expect, it } from 'vitest'
import { CLAIM_MS, dueSoon, nextAttemptAt } from '../../../server/channels/mail/direct-letters'
import { UnfitAddress } from '../../../server/channels/mail/message'
import type { Refused } from '../../../server/channels/mail/refusals-in-a-row'
import { NotSent } from '../../../server/channels/mail/send-mail'
import {
  classifyFailure,
  refusalOf,
  type SmtpError,
} from '../../../server/channels/mail/smtp-failure'
import { openAppInMemory } from '../../../server/db/open'

const NOW = Date.UTC(2026, 10, 30, 10)
const after = (error: SmtpError, attempts = 0, refused: Refused = 'unknown') => {
  const outcome = classifyFailure(error, {
    domain: 'example.org',
    now: NOW,
    attempt: attempts + 1,
    refused,
  })
  const at = nextAttemptAt(new NotSent(outcome, refusalOf(error)), { attempts, now: NOW })
  return at === undefined ? undefined : (at - NOW) / 1000
}
const answered = (responseCode: number, response: string) => ({
  message: 'refused',
  responseCode,
  response,
  command: 'RCPT TO',
})

it('after a temporary refusal: after a pause that grows with the attempts', () => {
  const greylisted = answered(450, '450 4.2.0 greylisted')
  const [first, fourth] = [after(greylisted)!, after(greylisted, 3)!]
  expect([first >= 1 && first <= 1.2, fourth >= 60 && fourth <= 72]).toEqual([true, true])
})

it('not before the time that the mail server names', () => {
  const wait = after(answered(450, '450 4.7.1 greylisted for 300 seconds'))!
  expect([wait >= 300, wait < 301]).toEqual([true, true])
})

it('after "no such address": never', () => {
  expect(after(answered(550, '550 5.1.1 no such user'))).toBeUndefined()
})

it('after the last attempt: never, if the server takes emails to others', () => {
  expect(after(answered(450, '450 4.2.0 greylisted'), 8, 'one')).toBeUndefined()
})

it('to an address that cannot be written to: never', () => {
  expect(nextAttemptAt(new UnfitAddress(), { attempts: 0, now: NOW })).toBeUndefined()
})

it.each([
  [{ message: 'Invalid login', code: 'EAUTH', responseCode: 535, response: '535 5.7.8 no' }, 0],
  [{ message: 'connect ECONNREFUSED', code: 'ESOCKET' }, 3],
  [{ message: 'connect ECONNREFUSED', code: 'ESOCKET' }, 100],
])('while our own mail server is out of reach: each minute, however often (%o, %i)', (error, n) => {
  expect(after(error, n)).toBe(60)
})

it('soon after the clock was set back, whatever it waited for, but not while it is being sent', async () => {
  const app = await openAppInMemory()
  const confirmation = (reader_id: string, due_at: number) => ({
    reader_id,
    due_at,
    attempts: 0,
    created_at: 0,
  })
  await app
    .insertInto('confirmations')
    .values([confirmation('a', NOW + 7_200_000), confirmation('b', NOW + 1000)])
    .execute()
  await dueSoon(app, 'confirmations', NOW)
  expect(
    (await app.selectFrom('confirmations').select('due_at').orderBy('reader_id').execute()).map(
      row => row.due_at - NOW,
    ),
  ).toEqual([CLAIM_MS, 1000])
})
