/** Who gets the page at an address, and who its document. */
import { describe, expect, it } from 'vitest'
import { pageAt, prefersDocument } from '../../../server/channels/activitypub/documents/negotiate'

describe('a document', () => {
  it.each([
    'application/activity+json',
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"',
    // As Mastodon and Fedify ask.
    'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams", text/html;q=0.1',
    'application/activity+json, application/ld+json',
    'text/html;q=0.9, application/activity+json',
    'application/activity+json, */*;q=0.5',
  ])('is for %s', accept => {
    expect(prefersDocument(accept)).toBe(true)
  })

  it.each([
    undefined,
    '',
    '*/*',
    'application/*',
    'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'text/html, application/activity+json;q=0.5',
    'application/activity+json;q=0',
    'application/json',
  ])('is not for %s', accept => {
    expect(prefersDocument(accept)).toBe(false)
  })
})

it.each([
  ['/', { kind: 'site' }],
  ['/reviews/on-ikiru', { kind: 'review', name: 'on-ikiru' }],
  ['/reviews/%D1%81%D1%82%D0%B0%D0%BB%D0%BA%D0%B5%D1%80', { kind: 'review', name: 'сталкер' }],
  ['/critics/ines-okafor', { kind: 'critic', name: 'ines-okafor' }],
  ['/reviews', undefined],
  ['/reviews/a/b', undefined],
  ['/movies/ikiru-1952', undefined],
  ['/editor', undefined],
])('%s', (path, page) => {
  expect(pageAt(path)).toEqual(page)
})
