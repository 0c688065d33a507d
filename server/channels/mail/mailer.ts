/** The way that letters leave this process: the mail server that is set, else the outbox. */
import { createSecretKey, type KeyObject } from 'node:crypto'
import { useSecret } from '../../config/secrets'
import { settings } from '../../config/settings'
import { useApp } from '../../db/open'
import { outboxTransport } from './outbox'
import { sender } from './sender'
import { openTransport, type Transport } from './transport'
import { returnPath } from './verp'

let post: Transport | undefined
let secret: KeyObject | undefined

export const useMailer = (): Transport =>
  (post ??= settings().smtpUrl ? openTransport(settings().smtpUrl) : outboxTransport(useApp))

export function closeMailer() {
  post?.close()
  post = undefined
}

/** What signs return addresses. */
export const verpSecret = () => (secret ??= createSecretKey(useSecret('verp')))

/** Where a reader's bounces come back to; `id` is the reader's. */
export const bounceAddressFor = (id: string) => returnPath(id, sender().domain, verpSecret())
