/** A redirect of ours stays on this site and fits into a header. */
import { expect, it } from 'vitest'
import { ownPath } from '../../server/http/own-path'

it.each([
  ['//reviews', '/reviews'],
  ['/\\\\evil.example/?a=1', '/evil.example/?a=1'],
  ['/%2f%5Cevil.example', '/evil.example'],
  ['//a/..//evil.example', '/evil.example'],
  ['//%0d%0aSet-Cookie:a', '/%0d%0aSet-Cookie:a'],
  [Buffer.from('//żółć').toString('latin1'), '/%C5%BC%C3%B3%C5%82%C4%87'],
  ['//\xFF?q=\xFF', '/%EF%BF%BD?q=%EF%BF%BD'],
])('%j leads to %s', (sent, path) => expect(ownPath(sent)).toBe(path))
