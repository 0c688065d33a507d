/** A TID (atproto.com/specs/tid) made of an id and its time alone: the same key at every attempt, so that writing a record twice is writing it once. */
import { createHash } from 'node:crypto'

const DIGITS = '234567abcdefghijklmnopqrstuvwxyz'

/** 53 bits of microseconds and 10 of a clock's id, in sortable base 32. What the time does not say is taken from the id, so that two of the same moment differ. */
export function timestampId(id: string, time: string): string {
  const hash = createHash('sha256').update(id).digest()
  const micros = BigInt(Date.parse(time)) * 1000n + BigInt(hash.readUInt16BE(0) % 1000)
  let rest = (micros << 10n) | BigInt(hash.readUInt16BE(2) % 1024)
  let key = ''
  for (let n = 0; n < 13; n++, rest >>= 5n) key = DIGITS[Number(rest & 31n)] + key
  return key
}
