/**
 * Opens connections only to addresses that may be called: the resolved address is checked at the
 * moment of connecting, so that DNS rebinding gains nothing.
 */
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { isPublicAddress } from './addresses'
import type { AllowedTarget, Purpose } from './targets'
import { isAllowed, refusal } from './targets'

/** What the guard needs: the operator's exceptions, and how names are resolved. */
export interface Guard {
  allow: AllowedTarget[]
  resolve?: Resolve
}
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>

/** The target may not be called; trying again changes nothing. */
export class OutboundRefused extends Error {
  /** Names only the host: the paths of push endpoints and webhooks are secret. */
  constructor(url: string | URL, why: string) {
    super(`${URL.parse(String(url))?.host ?? 'the URL'} ${why}`)
    this.name = 'OutboundRefused'
  }
}

const CONNECT_TIMEOUT = 8_000

/**
 * A connector for undici; with `allowH2` it offers HTTP/2 by ALPN, and undici speaks whatever was
 * agreed.
 */
export function guardedConnector(
  purpose: Purpose,
  guard: Guard,
  allowH2 = false,
): buildConnector.connector {
  const resolve = guard.resolve ?? (hostname => lookup(hostname, { all: true }))
  const common = { allowH2, preferH2: true, timeout: CONNECT_TIMEOUT }
  const toPublic = buildConnector({ ...common, lookup: publicOnly(resolve) })
  const toAllowed = buildConnector({ ...common, lookup: answering(resolve) })
  return (options, callback) => {
    const url = `${options.protocol}//${options.host ?? options.hostname}`
    const why = refusal(purpose, url, guard.allow)
    if (why) return callback(new OutboundRefused(url, why), null)
    const open = isAllowed(purpose, new URL(url), guard.allow) ? toAllowed : toPublic
    // A certificate names a host without the dot that ends a complete name (RFC 6066, 3).
    const servername = options.servername ?? options.hostname.replace(/\.$/, '')
    open({ ...options, ...(options.hostname.endsWith('.') && { servername }) }, callback)
  }
}

const publicOnly = (resolve: Resolve): LookupFunction =>
  answering(async hostname => {
    const addresses = await resolve(hostname)
    // One private address among public ones is enough to refuse: the connection may fall back to
    // it.
    if (!addresses.every(({ address }) => isPublicAddress(address)))
      throw new OutboundRefused(`https://${hostname}`, 'leads to a private address')
    return addresses
  })

const answering =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, done) => {
    resolve(hostname).then(
      addresses => {
        if (options.all) done(null, addresses)
        else done(null, addresses[0]?.address ?? '', addresses[0]?.family)
      },
      (error: NodeJS.ErrnoException) => done(error, options.all ? [] : ''),
    )
  }
