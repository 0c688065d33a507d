/**
 * Identifies us to push services: keys made at first start, and where the services' operators can
 * reach us.
 */
import { isIP } from 'node:net'
import { join } from 'node:path'
import { domainToASCII } from 'node:url'
import webpush from 'web-push'
import { readMailFrom } from '../../config/mail-from'
import { keptSecret } from '../../config/secrets'
import { settings } from '../../config/settings'
import type { VapidKeys } from './vapid'
import { createVapid } from './vapid'

let keys: VapidKeys | undefined

/**
 * They last as long as the data folder, because every subscription is bound to them (RFC 8292
 * section 4).
 */
export const vapidKeys = () =>
  (keys ??= JSON.parse(
    keptSecret(join(settings().dataDir, 'secrets'), 'vapid.json', () =>
      Buffer.from(JSON.stringify(webpush.generateVAPIDKeys())),
    ).toString(),
  ) as VapidKeys)

let headers: ReturnType<typeof createVapid> | undefined

/** The `Authorization` header for a push service's origin. */
export const authorization = (origin: string) =>
  (headers ??= createVapid(vapidKeys(), contact(settings())))(origin)

/**
 * Push services accept only a `mailto:` or `https:` URI (RFC 8292 section 2.1), so a site on plain
 * http gives an email address.
 */
export function contact({
  vapidSubject,
  siteUrl,
  mailFrom,
}: {
  vapidSubject: string
  siteUrl: string
  mailFrom: string
}): string {
  if (vapidSubject.startsWith('https:')) return new URL(vapidSubject).href
  if (vapidSubject) return inAscii(vapidSubject.replace(/^mailto:/, ''))
  if (siteUrl.startsWith('https:')) return siteUrl
  const from = readMailFrom(mailFrom)
  return `mailto:${typeof from === 'string' ? `postmaster@${new URL(siteUrl).hostname}` : from.address}`
}

function inAscii(address: string): string {
  const at = address.lastIndexOf('@')
  return `mailto:${address.slice(0, at)}@${domainToASCII(address.slice(at + 1)) || address.slice(at + 1)}`
}

/**
 * Why a push service may refuse this contact; undefined if none does. Apple answers 403 to addresses
 * that cannot be reached from outside.
 */
export function contactProblem(contact: string): string | undefined {
  const host = contact.startsWith('mailto:')
    ? contact.slice(contact.lastIndexOf('@') + 1).split('?')[0]!
    : (URL.parse(contact)?.hostname ?? '')
  const isPublic =
    host.includes('.') &&
    !isIP(host.replace(/^\[|\]$/g, '')) &&
    !/\.(?:localhost|local|internal|intranet|lan|home|corp|test|example|invalid|arpa)$/i.test(host)
  if (isPublic) return undefined
  return `Apple's push service refuses the contact ${contact}: set NUXT_VAPID_SUBJECT to an address or an https page on a public domain.`
}
