/** Email addresses: accepts what an email can be sent to, and nothing that could become a header or a second recipient. */
import { expect, it } from 'vitest'
import { mailAddress } from '../../../shared/schemas/mail-address'

it.each([
  ['ines@example.org', 'ines@example.org'],
  ['  Ines.Okafor+films@Mail.Example.ORG ', 'Ines.Okafor+films@mail.example.org'],
  ["o'brien@example.org", "o'brien@example.org"],
  ['ines@bücher.example', 'ines@xn--bcher-kva.example'],
])('%j is %s', (typed, address) => expect(mailAddress.parse(typed)).toBe(address))

it.each([
  ['', /empty/],
  ['ines', /@/],
  ['@example.org', /before/],
  ['ines@', /after/],
  ['ines@localhost', /mail domain/],
  ['ines@10.0.0.1', /mail domain/],
  ['ines@[10.0.0.1]', /mail domain/],
  ['ines@example..org', /mail domain/],
  ['ines@-example.org', /mail domain/],
  ['ines@example.org\r\nBcc: evil@example.org', /mail domain|characters/],
  ['ines\r\n@example.org', /characters/],
  ['ines@example.org,evil@example.org', /characters/],
  ['"ines tom"@example.org', /characters/],
  ['<ines@example.org>', /characters|mail domain/],
  ['ines@ex\u0000ample.org', /mail domain/],
  ['ines@example.org/x', /mail domain/],
  ['ines@example.org:25', /mail domain/],
  ['inés@example.org', /characters/],
  ['john.@example.org', /no dot at the start, at the end or twice/],
  ['.john@example.org', /no dot/],
  ['jo..hn@example.org', /no dot/],
  ['.@example.org', /no dot/],
  [`${'x'.repeat(65)}@example.org`, /at most 64 characters/],
  [`ines@${'x.'.repeat(130)}org`, /254|Too big/],
])('%j is refused', (typed, message) =>
  expect(mailAddress.safeParse(typed).error?.issues[0]?.message).toMatch(message),
)
