/**
 * A push service and a mail server at once, in processes that outlive the server's, with readers at
 * both.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Caller } from './account'
import type { Ledger } from './ledger'
import { spawnPushService } from './spawn-push-service'
import { spawnSmtp } from './spawn-smtp'

export type FarSides = Awaited<ReturnType<typeof openFarSides>>

/** `env` lets a server reach them; the folder has the certificates it must trust. */
export async function openFarSides(folder: string) {
  const [push, mail] = await Promise.all([spawnPushService(), spawnSmtp({ keep: 'ids' })])
  const trusted = join(folder, 'push-service.pem')
  writeFileSync(trusted, push.cert)

  return {
    push,
    mail,
    env: {
      NUXT_ALLOW_TARGETS: `push:${new URL(push.origin).host}`,
      NUXT_SMTP_URL: mail.url,
      NODE_EXTRA_CA_CERTS: trusted,
    },
    close: () => Promise.all([push.close(), mail.close()]),

    /** Imports this many new readers of each kind and returns those of push. */
    async letIn(ask: Caller, count: { push: number; mail: number }) {
      const subscribers = await push.subscribeMany(count.push)
      const lines = [
        ...subscribers.map(({ subscription }) => ({ subscription })),
        ...Array.from({ length: count.mail }, (_, n) => ({
          email: `reader-${n}@example.org`,
          confirmedAt: '2026-03-01',
        })),
      ]
      const { body } = await ask('/api/readers/import', {
        body: lines.map(line => JSON.stringify(line)).join('\n'),
        headers: { 'content-type': 'application/x-ndjson' },
      })
      if (body.imported !== lines.length)
        throw new Error(`not everybody is in: ${JSON.stringify(body)}`)
      return subscribers
    },

    /** Delays every answer by this many ms. */
    async slowDown(delay: number) {
      await push.behave('*', { delay })
      await mail.behave({ step: 'data', delay })
    },

    /**
     * Every accepted message: "EVENT RECIPIENT" as in the ledger, and what identifies the message.
     * `events`: review id → event id.
     */
    async told(ledger: Ledger, events: Map<string, string>) {
      const readers = ledger.pushReaders()
      const { received, violations } = await push.state()
      if (violations.length) throw new Error(violations.join('\n'))
      const pushes = received.map(({ id, text, topic }) => ({
        whom: `${events.get(JSON.parse(text).notification.tag)} ${readers.get(`${push.origin}/push/${id}`)}`,
        what: `${topic} ${text}`,
      }))
      const letters = (await mail.collect()).map(({ messageId, to }) => ({
        whom: messageId.split('@')[0]!.replace('.', ' '),
        what: `${messageId} ${to.join()}`,
      }))
      return [...pushes, ...letters]
    },
  }
}
