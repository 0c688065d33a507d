/** Emails without a mail server: kept once, newest first, not for ever, and readable again. */
import { expect, it } from 'vitest'
import { reviewLetter } from '../../../server/channels/mail/letter'
import { address, compose } from '../../../server/channels/mail/message'
import { KEPT, listOutbox, outboxTransport, readOutbox } from '../../../server/channels/mail/outbox'
import { senderFrom } from '../../../server/channels/mail/sender'
import { openAppInMemory } from '../../../server/db/open'
import { sampleReview } from '../../support/sample-review'

const ours = senderFrom({ mailFrom: '', siteUrl: 'http://localhost:3000' })
const composed = await compose(
  reviewLetter(sampleReview({ summary: 'Zithergräber, „Wien“ & more = 100 %.' })),
  ours,
)
const mail = (n: number) =>
  address(composed, {
    email: `r${n}@example.com`,
    messageId: `m${n}@localhost`,
    returnPath: 'bounce+x-0000000000000000@localhost',
    at: 0,
    filling: {
      date: '14 November 2026',
      askedText: 'Für dich.',
      askedHtml: 'Für dich.',
      manageUrl: 'http://localhost:3000/m?token=1',
      unsubscribeUrl: 'http://localhost:3000/u?token=1',
    },
  })

it('keeps an email once, however often it is sent', async () => {
  const app = await openAppInMemory()
  const outbox = outboxTransport(
    async () => app,
    () => 5,
  )
  await outbox.send(mail(1))
  await outbox.send(mail(1))
  expect(await listOutbox(app)).toEqual([
    {
      id: 1,
      from: 'MyMovies <reviews@localhost>',
      to: 'r1@example.com',
      subject: 'Go twice: The Third Man (1949)',
      at: '1970-01-01T00:00:00.005Z',
    },
  ])
})

it('reads an email back as a mail client would', async () => {
  const app = await openAppInMemory()
  await outboxTransport(async () => app).send(mail(1))
  const kept = await readOutbox(app, 1)
  expect(kept?.html).toContain('Zithergräber, „Wien“ &#38; more = 100 %.')
  expect(kept?.html).toContain('Für dich.')
  expect(kept?.text).toContain('Zithergräber, „Wien“ & more = 100 %.')
  expect(kept?.text).toContain('Unsubscribe: http://localhost:3000/u?token=1\n')
  expect(kept?.source).toBe(mail(1).raw)
  expect(await readOutbox(app, 2)).toBeUndefined()
})

it('makes room for new emails, newest first', async () => {
  const app = await openAppInMemory()
  const outbox = outboxTransport(async () => app)
  for (let n = 1; n <= KEPT + 50; n++) await outbox.send(mail(n))
  const letters = await listOutbox(app)
  expect([letters.length, letters[0]!.to, letters.at(-1)!.to]).toEqual([
    KEPT,
    `r${KEPT + 50}@example.com`,
    'r51@example.com',
  ])
})

it('deletes the oldest emails: the table has at most fifty more rows than are listed', async () => {
  const app = await openAppInMemory()
  const outbox = outboxTransport(async () => app)
  const rows = async () =>
    (await app.selectFrom('outbox').select('recipient').orderBy('id').execute()).map(
      ({ recipient }) => recipient,
    )
  for (let n = 1; n <= KEPT + 49; n++) await outbox.send(mail(n))
  expect(await rows()).toHaveLength(KEPT + 49)
  await outbox.send(mail(KEPT + 50))
  expect([(await rows()).length, (await rows())[0]]).toEqual([KEPT, 'r51@example.com'])
  expect(await readOutbox(app, 50)).toBeUndefined()
})
