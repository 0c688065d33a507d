/** The way to the mail server of NUXT_SMTP_URL: five connections that stay open. */
import { createTransport } from 'nodemailer'
import type { Receipt } from '../define-reactor'
import type { Mail } from './message'

export const CONNECTIONS = 5

/** Where letters go. `send` throws what the far side said (see refusal.ts); `verify` throws when it cannot be reached or does not let us in. */
export interface Transport {
  send: (mail: Mail, signal?: AbortSignal) => Promise<Receipt>
  verify: () => Promise<unknown>
  /** Lets what is on its way arrive. */
  close: () => void
}

/** Give it at most 2 × CONNECTIONS letters at a time: it keeps all that it is given in memory. */
export function openTransport(url: string): Transport {
  const pool = createTransport({
    url, pool: true, maxConnections: CONNECTIONS, maxMessages: 1000,
    // A connection that was closed while idle is replaced, as often as there are any; whether to try again after anything else is the ledger's decision.
    maxRequeues: CONNECTIONS,
    connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 12_000,
    disableFileAccess: true, disableUrlAccess: true,
  })
  return {
    async send({ envelope, raw }, signal) {
      const { serverMessageId, response } = await pool.sendMail({ envelope, raw, signal })
      return { id: serverMessageId || response }
    },
    verify: () => pool.verify(),
    close: () => pool.close(),
  }
}
