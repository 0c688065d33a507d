/** Sends email to the mail server at NUXT_SMTP_URL, over up to five connections that stay open. */
import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import SMTPPool from 'nodemailer/lib/smtp-pool'
import type { Receipt } from '../../delivery/contract/define-reactor'
import { isPublicAddress } from '../../outbound/addresses'
import type { Mail } from './message'

export const CONNECTIONS = 5

/**
 * Where emails go. `send` throws what the far side said (see smtp-failure.ts); `verify` throws if
 * it cannot be reached or does not let us in.
 */
export interface Transport {
  send: (mail: Mail, signal?: AbortSignal) => Promise<Receipt>
  verify: () => Promise<unknown>
  /** Lets emails under way arrive. */
  close: () => void
}

/** Give it at most 2 × CONNECTIONS emails at a time, because it keeps them all in memory. */
export function openTransport(url: string): Transport {
  const pool = new SMTPPool({
    ...(mustEncrypt(new URL(url)) && { requireTLS: true }),
    // What its query says counts more.
    url,
    maxConnections: CONNECTIONS,
    maxMessages: 1000,
    // Enough to replace every connection that was closed while idle; whether to retry after
    // anything else is up to the ledger.
    maxRequeues: CONNECTIONS,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 12_000,
  })
  return {
    send: (mail, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        pool.send(composed(mail, signal), (error, sent) =>
          error ? reject(error) : resolve({ id: sent!.serverMessageId || sent!.response }),
        )
      }),
    verify: () => pool.verify(),
    close: () => pool.close(),
  }
}

/**
 * A mail server elsewhere gets passwords and addresses only over TLS. NUXT_SMTP_URL may say otherwise
 * (`?requireTLS=false`, `?ignoreTLS=true`, `?opportunisticTLS=true`).
 */
function mustEncrypt({ protocol, hostname, searchParams }: URL): boolean {
  const isToldOtherwise = ['ignoreTLS', 'opportunisticTLS'].some(
    name => searchParams.get(name) === 'true',
  )
  return protocol === 'smtp:' && !isLocal(hostname) && !isToldOtherwise
}

/** This machine, or a name or address of its own network. */
function isLocal(hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address)) return !isPublicAddress(address)
  return !address.includes('.') || /\.(?:localhost|local|internal|lan|home\.arpa)$/i.test(address)
}

type Composed = Parameters<SMTPPool['send']>[0]

/**
 * An email in the form that the pool takes. Ours is already composed; nodemailer's usual entry
 * point would parse and copy it again, which doubles the CPU time per email, and could read files
 * and URLs. message.ts has already checked the addresses.
 */
function composed({ envelope, messageId, raw }: Mail, signal?: AbortSignal): Composed {
  const message = {
    getEnvelope: () => ({ from: envelope.from, to: [envelope.to] }),
    getHeader: () => `<${messageId}>`,
    messageId: () => `<${messageId}>`,
    // A stream, because the pool checks whether any byte of it has left before it tries another
    // connection.
    createReadStream: () => Readable.from([Buffer.from(raw)], { objectMode: false }),
  }
  return { data: { signal }, message } as unknown as Composed
}
