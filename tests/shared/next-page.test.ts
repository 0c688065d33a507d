/** Signing in never redirects to another site. */
import { expect, it } from 'vitest'
import { nextPage } from '../../shared/next-page'

it.each([
  ['/editor/42?tab=1#x', '/editor/42?tab=1#x'],
  ['/', '/'],
  ['/editor/é?tab=ł', '/editor/%C3%A9?tab=%C5%82'],
  ['//evil.example', '/editor'],
  ['/a/..//evil.example', '/editor'],
  ['/\r\nSet-Cookie: a=b', '/Set-Cookie:%20a=b'],
  ['/\\evil.example', '/editor'],
  ['/\t/evil.example', '/editor'],
  ['https://evil.example', '/editor'],
  ['javascript:alert(1)', '/editor'],
  ['editor', '/editor'],
  ['', '/editor'],
  [undefined, '/editor'],
  [['/a', '/b'], '/editor'],
])('%j leads to %s', (asked, page) => expect(nextPage(asked)).toBe(page))
