/** A page that cannot keep itself up to date says why: signed out is not the same as a server that is away. */
import { expect, it } from 'vitest'
import { whyOutOfDate } from '../../utils/why-not-answered'

it.each<[string, object, string]>([
  ['signed out', { statusCode: 401 }, 'You are signed out. Sign in on another tab'],
  ['in a role that may not', { statusCode: 403 }, 'Only editors can manage channels.'],
  ['an error', { statusCode: 500 }, 'The server answered 500. These figures may be out of date.'],
  ['no answer', {}, 'The server does not answer. These figures may be out of date.'],
])('%s', (_, error, words) => {
  expect(whyOutOfDate(error, { only: 'Only editors can manage channels.' })).toContain(words)
})
