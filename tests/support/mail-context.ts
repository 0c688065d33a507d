/**
 * Sets up readers by email, a log in memory, a ledger on disk and a mail server, for tests of the
 * email part.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import type { Wants } from '../../shared/types/wants'
import { shelve, type Shelved } from './shelf'
import { Smtp, type SmtpOptions } from './smtp'

process.env.NUXT_DATA_DIR = mkdtempSync(join(tmpdir(), 'mymovies-mail-'))
process.env.NUXT_SITE_URL = 'https://mymovies.example'
process.env.NUXT_MAIL_FROM = 'MyMovies <reviews@mymovies.example>'

export async function mailContext(options: SmtpOptions = {}) {
  const smtp = await Smtp.start(options)
  process.env.NUXT_SMTP_URL = smtp.url
  const [
    { useApp, closeDatabases },
    { openMemoryLog },
    { SubjectReader },
    { ReactorLoop },
    { default: email },
    { closeMailer },
    { registerReactors },
  ] = await Promise.all([
    import('../../server/db/open'),
    import('../../server/log/memory'),
    import('../../server/delivery/planning/subjects'),
    import('../../server/delivery/sending/reactor-loop'),
    import('../../server/reactors/email'),
    import('../../server/channels/mail/mailer'),
    import('../../server/delivery/contract/registry'),
  ])
  registerReactors([email])
  const app = await useApp()
  let log = openMemoryLog()

  return {
    app,
    smtp,
    /**
     * Adds readers with these wants, named by their addresses, who joined before anything was
     * published.
     */
    async join(...readers: { email: string; wants?: Wants }[]) {
      const rows = readers.map(({ email: address, wants = {} }) => ({
        id: address.replace(/\W/g, '-'),
        email: address,
        email_hash: address,
        state: 'active' as const,
        wants: JSON.stringify(wants),
        frequency: wants.frequency ?? ('instant' as const),
        min_rating: wants.minRating ?? 0,
        asked: null,
        asked_at: 0,
        letters: 0,
        confirmed_at: Date.UTC(2026, 2, 3),
        position: 0,
      }))
      while (rows.length)
        await app.insertInto('mail_readers').values(rows.splice(0, 1000)).execute()
    },
    async publish(review: Partial<Shelved> & { id: string }) {
      const events = shelve({
        title: `On ${review.id}`,
        film: review.id,
        publishedAt: new Date().toISOString(),
        ...review,
      })
      return (
        await log.append(
          `review-${review.id}`,
          'none',
          events.map(event => ({
            ...event,
            meta: { actor: 'ines' },
            at: new Date().toISOString(),
          })),
        )
      ).events.at(-1)!
    },
    append: (id: string, event: Parameters<typeof log.append>[2][number]) =>
      log.append(`review-${id}`, 'any', [event]),
    correct: (id: string, note: string) =>
      log.append(`review-${id}`, 'any', [
        {
          type: 'ReviewCorrected',
          data: { id, changes: { rating: 3 }, note, correctedAt: new Date().toISOString() },
          meta: { actor: 'ines' },
          at: new Date().toISOString(),
        },
      ]),
    archive: (id: string) =>
      log.append(`review-${id}`, 'any', [
        {
          type: 'ReviewArchived',
          data: { id, reason: 'Wrong cut.', archivedAt: new Date().toISOString() },
          meta: { actor: 'ines' },
          at: new Date().toISOString(),
        },
      ]),
    /**
     * Runs the email part until the condition holds, then stops it properly. The first run only
     * starts it at the head of the log.
     */
    async run(until: () => unknown, timeout = 10_000) {
      const run = new ReactorLoop(email, {
        app,
        log,
        subjects: new SubjectReader(log, 'https://mymovies.example'),
        holdMs: 0,
      })
      run.start()
      try {
        await vi.waitUntil(until, { timeout, interval: 20 })
      } finally {
        await run.stop()
      }
    },
    ledger: () =>
      app
        .selectFrom('deliveries')
        .select([
          'recipient',
          'state',
          'reason',
          'attempts',
          'bundle',
          'receipt',
          'type',
          'due_at',
          'origin',
        ])
        .orderBy('id')
        .execute(),
    /** How many rows are unfinished. */
    open: async () =>
      (
        await app
          .selectFrom('deliveries')
          .select(e => e.fn.countAll<number>().as('n'))
          .where('state', 'in', ['pending', 'sending', 'retry'])
          .executeTakeFirstOrThrow()
      ).n,
    checkpoint: async () =>
      (
        await app
          .selectFrom('consumers')
          .select('checkpoint')
          .where('name', '=', 'email')
          .executeTakeFirst()
      )?.checkpoint ?? -1,
    head: () => log.head(),
    /** Removes all readers and everything that happened. */
    async clear() {
      for (const table of [
        'deliveries',
        'consumers',
        'mail_readers',
        'suppressions',
        'confirmations',
        'bounces',
        'former_readers',
        'alerts',
        'mailbox_letters',
      ] as const)
        await app.deleteFrom(table).execute()
      log = openMemoryLog()
      smtp.behave()
      smtp.clear()
    },
    /** The next email begins a session of its own. */
    reconnect: closeMailer,
    async close() {
      closeMailer()
      await smtp.close()
      await closeDatabases()
    },
  }
}
