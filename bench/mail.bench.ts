/** How many emails a second of the sender's CPU sends; the mail server runs in another process. */
import { createTransport } from 'nodemailer'
import { reviewLetter } from '../server/channels/mail/letter'
import { bounceAddressFor, useMailer } from '../server/channels/mail/mailer'
import { address, compose } from '../server/channels/mail/message'
import { sender } from '../server/channels/mail/sender'
import { CONNECTIONS } from '../server/channels/mail/transport'
import { useApp } from '../server/db/open'
import { SubjectReader } from '../server/delivery/planning/subjects'
import { ReactorLoop } from '../server/delivery/sending/reactor-loop'
import { openMemoryLog } from '../server/log/memory'
import email from '../server/reactors/email'
import { sampleReview } from '../tests/support/sample-review'
import { shelve } from '../tests/support/shelf'
import { spawnSmtp } from '../tests/support/spawn-smtp'
import { scratchFolder } from './floor'
import type { Row } from './row'

/** The yardstick is measured before and after, because a busy machine's speed varies. */
const SINGLE = 300
const POOLED = 4000
const LEDGER = 10_000
const EXPECTED = 2 * SINGLE + POOLED + LEDGER

export async function run(): Promise<Row[]> {
  const smtp = await spawnSmtp({ keep: 'ids' })
  Object.assign(process.env, {
    NUXT_DATA_DIR: scratchFolder(),
    NUXT_SMTP_URL: smtp.url,
    NUXT_SITE_URL: 'https://mymovies.example',
    NUXT_MAIL_FROM: 'MyMovies <reviews@mymovies.example>',
  })
  const before = await perCpuSecond(SINGLE, () => oneByOne(smtp.url))
  const pooled = await perCpuSecond(POOLED, composedOnce)
  const readers = await askedBy(LEDGER)
  globalThis.gc?.()
  const held = process.memoryUsage().rss
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 50)
  let most = held
  const ledger = await perCpuSecond(LEDGER, () => publishTo(readers))
  clearInterval(watch)
  const single = (before + (await perCpuSecond(SINGLE, () => oneByOne(smtp.url)))) / 2
  const { letters } = await smtp.state()
  await email.close!()
  await smtp.close()
  return [
    { name: 'one unpooled transport, composed each time', value: single, unit: '/CPU s', ratio: 1 },
    { name: 'our pool, composed once', value: pooled, unit: '/CPU s', ratio: pooled / single },
    {
      name: 'our pool with the ledger on',
      value: ledger,
      unit: '/CPU s',
      ratio: ledger / single,
      target: '≥ 4 × one unpooled transport',
      ok: ledger >= 4 * single,
    },
    {
      name: `memory for ${LEDGER.toLocaleString('en')} emails`,
      value: (most - held) / 2 ** 20,
      unit: 'MB',
      target: '≤ 230 MB',
      ok: (most - held) / 2 ** 20 <= 230,
    },
    {
      name: 'emails lost',
      value: EXPECTED - letters,
      unit: '',
      target: '0',
      ok: letters === EXPECTED,
    },
  ]
}

const letterOf = () =>
  reviewLetter(
    sampleReview({
      summary:
        'Carol Reed tilts the city until the honest man slides off it. A thriller about penicillin, a friendship, and one long walk past a waiting man.',
    }),
  )
const reader = (i: number) => ({
  email: `reader${i}@domain${i % 50}.example`,
  id: `01990000-0000-7000-8000-${String(i).padStart(12, '0')}`,
})
const links = {
  date: '14 November 2026',
  askedText: 'You asked.',
  askedHtml: 'You asked.',
  manageUrl: 'https://mymovies.example/subscribe/manage?token=1',
  unsubscribeUrl: 'https://mymovies.example/subscribe/unsubscribe?token=1',
}

/** As in nodemailer's manual: one transport, and one message after the other. */
async function oneByOne(url: string) {
  const transport = createTransport(url)
  const { subject, html, text } = letterOf()
  for (let i = 0; i < SINGLE; i++)
    await transport.sendMail({
      from: 'reviews@mymovies.example',
      to: reader(i).email,
      subject,
      html,
      text,
      headers: { 'List-Unsubscribe': `<${links.unsubscribeUrl}>` },
    })
}

async function composedOnce() {
  const composed = await compose(letterOf(), sender())
  let next = 0
  await Promise.all(
    Array.from({ length: 2 * CONNECTIONS }, async () => {
      for (let i = next++; i < POOLED; i = next++)
        await useMailer().send(
          address(composed, {
            ...reader(i),
            messageId: `pooled.${i}@mymovies.example`,
            returnPath: bounceAddressFor(reader(i).id),
            filling: links,
            at: Date.now(),
          }),
        )
    }),
  )
}

async function askedBy(count: number) {
  const app = await useApp()
  const now = Date.now()
  const rows = Array.from({ length: count }, (_, i) => ({
    ...reader(i),
    email_hash: String(i),
    state: 'active' as const,
    wants: '{}',
    frequency: 'instant' as const,
    min_rating: 0,
    asked: null,
    asked_at: now,
    letters: 0,
    confirmed_at: now,
    position: 0,
  }))
  while (rows.length) await app.insertInto('mail_readers').values(rows.splice(0, 1000)).execute()
  return app
}

/** Everything that one Publish costs the email part: plan, claim, send, record. */
async function publishTo(app: Awaited<ReturnType<typeof askedBy>>) {
  const log = openMemoryLog()
  const part = new ReactorLoop(email, {
    app,
    log,
    subjects: new SubjectReader(log, 'https://mymovies.example'),
    holdMs: 0,
  })
  part.start()
  while (!(await app.selectFrom('consumers').select('name').executeTakeFirst()))
    await new Promise(resolve => setTimeout(resolve, 20))
  const events = shelve({
    id: 'ikiru',
    title: 'A swing, in the snow',
    film: 'Ikiru',
    publishedAt: new Date().toISOString(),
  })
  await log.append(
    'review-ikiru',
    'none',
    events.map(event => ({ ...event, meta: { actor: 'bench' }, at: new Date().toISOString() })),
  )
  const told = () =>
    app
      .selectFrom('deliveries')
      .select(e => e.fn.countAll<number>().as('n'))
      .where('state', '=', 'accepted')
      .executeTakeFirstOrThrow()
  while ((await told()).n < LEDGER) await new Promise(resolve => setTimeout(resolve, 100))
  await part.stop()
}

async function perCpuSecond(emails: number, work: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return emails / ((user + system) / 1e6)
}
