/** The way to the mail server of NUXT_SMTP_URL: five connections that stay open. */
import { Readable } from 'node:stream'
import SMTPPool from 'nodemailer/lib/smtp-pool'
import type { Receipt } from '../../delivery/contract/define-reactor'
import type { Mail } from './message'

export const CONNECTIONS = 5

/** Where letters go. `send` throws what the far side said (see smtp-failure.ts); `verify` throws when it cannot be reached or does not let us in. */
export interface Transport {
  send: (mail: Mail, signal?: AbortSignal) => Promise<Receipt>
  verify: () => Promise<unknown>
  /** Lets what is on its way arrive. */
  close: () => void
}

/** Give it at most 2 × CONNECTIONS letters at a time: it keeps all that it is given in memory. */
export function openTransport(url: string): Transport {
  const pool = new SMTPPool({
    url,
    maxConnections: CONNECTIONS,
    maxMessages: 1000,
    // A connection that was closed while idle is replaced, as often as there are any; whether to try again after anything else is the ledger's decision.
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

type Composed = Parameters<SMTPPool['send']>[0]

/**
 * A mail as the pool takes it. Ours is composed already; nodemailer's own way in would parse and copy it again, which halves the letters per second of CPU,
 * and could read files and URLs. Addresses were made fit for an envelope in message.ts.
 */
function composed({ envelope, messageId, raw }: Mail, signal?: AbortSignal): Composed {
  const message = {
    getEnvelope: () => ({ from: envelope.from, to: [envelope.to] }),
    getHeader: () => `<${messageId}>`,
    messageId: () => `<${messageId}>`,
    // A stream, because the pool asks it whether any byte has left before it tries another connection.
    createReadStream: () => Readable.from([Buffer.from(raw)], { objectMode: false }),
  }
  return { data: { signal }, message } as unknown as Composed
}
