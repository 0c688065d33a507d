/** What a client wrote starts no line, no colour and no other direction in the log. */
import { expect, it } from 'vitest'
import { printable } from '../../server/kit/printable'

it.each([
  ['/reviews/żółć', '/reviews/żółć'],
  ['\r\n[fake] GET /', '\\u000d\\u000a[fake] GET /'],
  ['\u001B[31mred\u009B0m', '\\u001b[31mred\\u009b0m'],
  ['\u202Ereverse\u2028', '\\u202ereverse\\u2028'],
])('%j is written %s', (text, written) => expect(printable(text)).toBe(written))
