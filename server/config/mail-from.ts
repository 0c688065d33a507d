/** Reads and checks NUXT_MAIL_FROM, the sender of email: an address, or a name and an address in angle brackets. */
import { domainToASCII } from 'node:url'
import parse from 'nodemailer/lib/addressparser/index.js'
import { isLocalPart } from '../../shared/schemas/mail-address.ts'

/** `address` in ASCII, however its domain is written. */
export interface MailFrom {
  name: string
  address: string
}

/** Or what is wrong, to complete "NUXT_MAIL_FROM …". */
export function readMailFrom(written: string): MailFrom | string {
  const entries = /[\r\n]/.test(written) ? [] : parse(written, { flatten: true })
  const [{ name = '', address = '' } = {}] = entries
  if (!written.includes('<') && written.trim() !== address) return UNREADABLE
  const at = address.lastIndexOf('@')
  const local = address.slice(0, Math.max(at, 0))
  if (entries.length !== 1 || !local || /[<>,;@]/.test(leftOver(written, address)))
    return UNREADABLE
  if (/[^\x20-\x7E]/.test(local))
    return 'must have only ASCII letters before the @, because most mail servers refuse others'
  const domain = domainToASCII(address.slice(at + 1))
  if (!isLocalPart(local) || !/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(domain)) return UNREADABLE
  return { name, address: `${local}@${domain}` }
}

const UNREADABLE = 'must be a mail address, as in MyMovies <reviews@example.com>'

/** What stands around the address and outside of quotes. */
const leftOver = (written: string, address: string) =>
  written
    .replace(/"(?:[^"\\]|\\.)*"/g, '')
    .replace(`<${address}>`, '')
    .replace(address, '')
