/** Which sites are part of the fediverse, when nobody says so. */
import { expect, it } from 'vitest'
import { federates } from '../../../server/channels/activitypub/federates'

it.each([
  ['auto', 'https://mymovies.example.org', true],
  ['auto', 'http://mymovies.example.org', false],
  ['auto', 'https://mymovies.example.org:8443', false],
  ['auto', 'https://localhost', false],
  ['auto', 'https://movies.lan', false],
  ['auto', 'https://10.0.0.1', false],
  ['true', 'http://localhost:3000', true],
  ['false', 'https://mymovies.example.org', false],
] as const)('%s at %s: %s', (fediverse, siteUrl, expected) => {
  expect(federates({ fediverse, siteUrl })).toBe(expected)
})
