/** How long a lease is, and where a callback is asked. */
import { expect, it } from 'vitest'
import { grantedLease } from '../../../server/channels/websub/lease'
import { verificationUrl } from '../../../server/channels/websub/verification-url'

it.each([
  [undefined, 864_000],
  ['1', 300],
  ['300', 300],
  ['0000864000', 864_000],
  ['2592001', 2_592_000],
  ['9'.repeat(400), 2_592_000],
])('a lease of %s is one of %i seconds', (asked, granted) => {
  expect(grantedLease(asked)).toBe(granted)
})

it.each([
  ['https://reader.example/hook', 'https://reader.example/hook?'],
  ['https://reader.example/hook?a=1&a=%20b', 'https://reader.example/hook?a=1&a=%20b&'],
])('the query of %s is kept as it is, and ours follows', (callback, start) => {
  const request = {
    mode: 'subscribe' as const,
    askedTopic: 'https://mymovies.example/feed.xml?genre=Film+%26+noir',
    callback,
    leaseSeconds: 600,
  }
  const url = verificationUrl(request, 'challenge')
  expect(url.startsWith(start)).toBe(true)
  expect(Object.fromEntries(new URLSearchParams(url.slice(start.length)))).toEqual({
    'hub.mode': 'subscribe',
    'hub.topic': request.askedTopic,
    'hub.challenge': 'challenge',
    'hub.lease_seconds': '600',
  })
  const ended = verificationUrl({ ...request, mode: 'unsubscribe' }, 'challenge')
  expect(ended).not.toContain('lease')
})
