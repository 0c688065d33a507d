/** Each answer of a push service, and what follows from it. */
import { describe, expect, it } from 'vitest'
import { classifyAnswer } from '../../../server/channels/push/classify-answer'
import { retryAfter } from '../../../server/outbound/retry-after'

const now = Date.parse('2026-11-23T20:00:00Z')
const of = (status: number, headers = {}, body = '') =>
  classifyAnswer({ status, headers, body }, now)

describe('an answer', () => {
  it.each([200, 201, 202, 204])('%i is accepted', status => {
    expect(of(status).is).toBe('accepted')
  })
  it.each([404, 410])('%i means that nobody is there', status => {
    expect(of(status).is).toBe('gone')
  })
  it('413 means too long', () => {
    expect(of(413).is).toBe('too-long')
  })
  it.each([400, 401, 403])('%i refuses us', status => {
    expect(of(status).is).toBe('refused')
  })
  it.each([301, 302, 307, 405, 411, 418])('%i will never work', status => {
    expect(of(status).is).toBe('never')
  })

  it.each([406, 429])('%i makes the whole service wait as long as it says, or a minute', status => {
    expect(of(status, { 'retry-after': '120' })).toMatchObject({
      is: 'later',
      whole: true,
      at: now + 120_000,
    })
    expect(of(status)).toMatchObject({ is: 'later', whole: true, at: now + 60_000 })
  })

  it.each([402, 409, 418, 420])('%i with a time to come back is no end', status => {
    expect(of(status, { 'retry-after': '120' })).toMatchObject({ is: 'later', at: now + 120_000 })
  })

  it.each([408, 421, 425, 500, 502, 503])('%i is tried again', status => {
    expect(of(status)).toMatchObject({ is: 'later', whole: false, at: undefined })
    expect(of(status, { 'retry-after': '30' })).toMatchObject({
      is: 'later',
      whole: true,
      at: now + 30_000,
    })
  })

  it('keeps a few of the service’s words for operators', () => {
    expect(of(403, {}, `the VAPID\n subject ${'x'.repeat(999)}`)).toMatchObject({
      reason: `answered 403: the VAPID subject ${'x'.repeat(182)}`,
    })
  })
})

describe('Retry-After', () => {
  it.each([
    ['120', now + 120_000],
    ['0', now + 1000],
    ['Mon, 23 Nov 2026 20:05:00 GMT', now + 300_000],
    ['Mon, 23 Nov 2026 19:00:00 GMT', now + 1000],
    ['99999999999', now + 86_400_000],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
  ])('"%s"', (said, at) => {
    expect(retryAfter({ 'retry-after': said }, now)).toBe(at)
  })
})
