/**
 * Sends all of this process's email: through the configured mail server, or into the outbox if
 * there is none.
 */
import { createSecretKey, type KeyObject } from 'node:crypto'
import { useSecret } from '../../config/secrets'
import { settings } from '../../config/settings'
import { useApp } from '../../db/open'
import { outboxTransport } from './outbox'
import { sender } from './sender'
import { openTransport, type Transport } from './transport'
import { returnPath } from './verp'

let transport: Transport | undefined
let secret: KeyObject | undefined

export const useMailer = (): Transport =>
  (transport ??= settings().smtpUrl ? openTransport(settings().smtpUrl) : outboxTransport(useApp))

export function closeMailer() {
  transport?.close()
  transport = undefined
}

/** Signs return addresses. */
export const verpSecret = () => (secret ??= createSecretKey(useSecret('verp')))

/** The return address for a reader's bounces; `id` is the reader's. */
export const bounceAddressFor = (id: string) =>
  returnPath(id, settings().bounceAddress || `bounce@${sender().domain}`, verpSecret())

/** The same, if somebody reads what comes back there: then a reader can also unsubscribe by email. */
export const unsubscribeAddressFor = (id: string) =>
  settings().bounceAddress ? bounceAddressFor(id) : undefined
