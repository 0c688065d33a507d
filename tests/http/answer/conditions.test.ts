/** A date is compared by the second, in each of HTTP's three forms; a tag outweighs it. */
import { createEvent } from 'h3'
import { expect, it } from 'vitest'
import { unchangedTag } from '../../../server/http/answer/conditions'

const at = new Date('1994-11-06T08:49:37.800Z')
const known = (headers: Record<string, string>, ambiguous = false) =>
  unchangedTag(createEvent({ headers } as never, {} as never), {
    stem: 'a',
    tag: '"a"',
    modified: { at, ambiguous },
  }) !== undefined

it.each([
  ['Sun, 06 Nov 1994 08:49:37 GMT', true],
  ['Sunday, 06-Nov-94 08:49:37 GMT', true],
  ['Sun Nov  6 08:49:37 1994', true],
  ['Sun, 06 Nov 1994 08:49:38 GMT', true],
  ['Sun, 06 Nov 1994 08:49:36 GMT', false],
  ['0', false],
  ['-1', false],
  ['', false],
  ['2094-11-06T08:49:37Z', false],
  ['Sun, 99 Nov 1994 08:49:37 GMT', false],
])('since %s: unchanged is %s', (since, unchanged) =>
  expect(known({ 'if-modified-since': since })).toBe(unchanged),
)

it('does not trust the date where two changes bear it', () => {
  expect(known({ 'if-modified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' }, true)).toBe(false)
  expect(known({ 'if-modified-since': 'Sun, 06 Nov 1994 08:49:38 GMT' }, true)).toBe(true)
})

it('looks at the date only where there is no tag', () => {
  const since = { 'if-modified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' }
  expect(known({ ...since, 'if-none-match': '"other"' })).toBe(false)
  expect(
    known({ 'if-modified-since': 'Sun, 06 Nov 1994 08:49:36 GMT', 'if-none-match': '"a"' }),
  ).toBe(true)
  expect(known({})).toBe(false)
})
