/** What a signature must cover, whatever else its headers say. */
import { expect, it } from 'vitest'
import { missingCoverage } from '../../../server/channels/activitypub/inbox/coverage'

const cavage = (names: string) =>
  new Headers({ signature: `keyId="k",headers="${names}",signature="AA=="` })
const rfc = (input: string) => new Headers({ 'signature-input': input, signature: 'sig1=:AA==:' })
const ENOUGH = '("@method" "@target-uri" "content-digest")'

it.each([
  [cavage('(request-target) host date digest'), undefined],
  [cavage('(request-target) Host Date Digest content-type'), undefined],
  [cavage('date digest'), 'does not cover (request-target) and host'],
  [
    new Headers({ signature: 'headers="(request-target) host date digest",headers="date"' }),
    'cannot be read',
  ],
  [rfc(`sig1=${ENOUGH};created=1;keyid="k"`), undefined],
  [rfc('sig1=("@request-target" "host" "content-digest");created=1;keyid="k"'), undefined],
  [rfc('sig1=("@method" "@authority" "content-digest");created=1'), 'does not cover the address'],
  [rfc('sig1=("@method" "@target-uri")'), 'does not cover the digest of the body'],
  [rfc('sig1=("@target-uri" "content-digest")'), 'does not cover the method'],
  [rfc(`sig1=("date");keyid="x, sig1=${ENOUGH.replaceAll('"', '\\"')}"`), /^does not cover/],
  [rfc(`sig1=("date"), sig1=${ENOUGH}`), 'cannot be read'],
  [rfc('sig1=('), 'cannot be read'],
  [rfc(''), 'cannot be read'],
])('%#: %s', (headers, expected) => {
  const found = missingCoverage(headers)
  if (expected instanceof RegExp) expect(found).toMatch(expected)
  else expect(found).toBe(expected)
})

it('of several signatures, only the one that was verified counts', () => {
  const headers = rfc(`weak=("date");created=1, good=${ENOUGH};created=1`)
  expect(missingCoverage(headers, 'good')).toBeUndefined()
  expect(missingCoverage(headers, 'weak')).toMatch(/^does not cover/)
  expect(missingCoverage(headers)).toBe('cannot be read')
})
