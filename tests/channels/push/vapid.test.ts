/** Our identity, as a push service checks it. */
import { describe, expect, it } from 'vitest'
import webpush from 'web-push'
import { contact, contactProblem } from '../../../server/channels/push/identity'
import { createVapid } from '../../../server/channels/push/vapid'
import { checkVapid } from '../../support/push-rules'

const HOUR = 3_600_000
const keys = webpush.generateVAPIDKeys()
const now = Date.now()

describe('the token', () => {
  const vapid = createVapid(keys, 'mailto:desk@example.com')

  it('is valid for its own service and no other', () => {
    const header = vapid('https://fcm.googleapis.com', now)
    expect(checkVapid(header, 'https://fcm.googleapis.com', now)).toBe(keys.publicKey)
    expect(() => checkVapid(header, 'https://web.push.apple.com', now)).toThrow('aud')
  })

  it('is kept for eleven hours and never used after it expires', () => {
    const first = vapid('https://a.example', now)
    expect(vapid('https://a.example', now + 10.9 * HOUR)).toBe(first)
    const second = vapid('https://a.example', now + 11.1 * HOUR)
    expect(second).not.toBe(first)
    expect(checkVapid(second, 'https://a.example', now + 22 * HOUR)).toBe(keys.publicKey)
  })

  it('names an email address or an https page, or is not made at all', () => {
    expect(() => createVapid(keys, 'http://example.com')('https://a.example')).toThrow()
  })
})

describe('where operators reach us', () => {
  it.each([
    [
      { vapidSubject: 'mailto:a@b.example', siteUrl: 'https://s.example', mailFrom: '' },
      'mailto:a@b.example',
    ],
    [
      { vapidSubject: 'a@b.example', siteUrl: 'https://s.example', mailFrom: '' },
      'mailto:a@b.example',
    ],
    [{ vapidSubject: '', siteUrl: 'https://s.example', mailFrom: '' }, 'https://s.example'],
    [
      { vapidSubject: '', siteUrl: 'http://localhost:3000', mailFrom: 'The desk <desk@s.example>' },
      'mailto:desk@s.example',
    ],
    [
      { vapidSubject: '', siteUrl: 'http://localhost:3000', mailFrom: '' },
      'mailto:postmaster@localhost',
    ],
  ])('%o is %s', (set, subject) => {
    expect(contact(set)).toBe(subject)
  })
})

describe('a contact that Apple refuses', () => {
  it.each([
    'mailto:postmaster@localhost',
    'mailto:desk@films.local',
    'mailto:desk@[192.0.2.1]',
    'mailto:desk@192.0.2.1',
    'https://localhost:3000',
    'https://127.0.0.1',
    'https://[::1]/',
    'https://films.test/contact',
  ])('%s is warned of', subject => expect(contactProblem(subject)).toContain('NUXT_VAPID_SUBJECT'))

  it.each([
    'mailto:desk@films.org',
    'mailto:desk@films.org?subject=push',
    'https://films.org/contact',
  ])('%s is not', subject => expect(contactProblem(subject)).toBeUndefined())
})
