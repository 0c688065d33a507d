/**
 * Makes and reads variable envelope return paths: each email has its own return address, so a
 * bounce names its reader whatever the far side writes into it.
 */
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'

/**
 * Where the bounces of `bounce@domain` come back for one recipient: `bounce+<id>-<mac>@domain`. Ids are letters, digits and dashes. Case may get lost on
 * the way, so the MAC is hexadecimal; 16 digits keep the local part within its 64 octets (RFC 5321,
 * 4.5.3.1.1).
 */
export function returnPath(recipient: string, bounces: string, secret: KeyObject): string {
  const at = bounces.lastIndexOf('@')
  return `${bounces.slice(0, at)}+${recipient}-${mac(recipient, secret)}${bounces.slice(at)}`
}

/** Whether an address has the form of a return address, genuine or not. */
export const isReturnPath = (address: string) =>
  /^[\w.-]+\+[a-z0-9-]{1,60}-[0-9a-f]{16}@/i.test(address)

/** The recipient ids in genuine return addresses anywhere in a text. */
export function recipientsIn(text: string, secret: KeyObject): string[] {
  const found = [...text.matchAll(/\+([a-z0-9-]{1,60})-([0-9a-f]{16})@/gi)].map(
    ([, id, given]) => ({ id: id!.toLowerCase(), given: given!.toLowerCase() }),
  )
  const genuine = found.filter(({ id, given }) =>
    timingSafeEqual(Buffer.from(given), Buffer.from(mac(id, secret))),
  )
  return [...new Set(genuine.map(({ id }) => id))]
}

const mac = (recipient: string, secret: KeyObject) =>
  createHmac('sha256', secret).update(recipient.toLowerCase()).digest('hex').slice(0, 16)
