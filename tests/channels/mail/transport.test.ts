/** Emails on the wire, against a server that speaks real SMTP. */
import dns from 'node:dns'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { reviewLetter } from '../../../server/channels/mail/letter'
import { address, compose } from '../../../server/channels/mail/message'
import { senderFrom } from '../../../server/channels/mail/sender'
import {
  type Attempt,
  classifyFailure,
  type SmtpError,
} from '../../../server/channels/mail/smtp-failure'
import { CONNECTIONS, openTransport, type Transport } from '../../../server/channels/mail/transport'
import { Dead, Retry, Stopped, Suppressed } from '../../../server/delivery/contract/define-reactor'
import { trustHere } from '../../support/certificate'
import { sampleReview } from '../../support/sample-review'
import { Smtp } from '../../support/smtp'
import { spawnSmtp } from '../../support/spawn-smtp'

const ours = senderFrom({
  mailFrom: 'MyMovies <reviews@mymovies.example>',
  siteUrl: 'https://mymovies.example',
})
const composed = await compose(reviewLetter(sampleReview()), ours)
const mailTo = (email: string) =>
  address(composed, {
    email,
    messageId: `event-1.${email.replace('@', '.')}`,
    returnPath: 'bounce+r1-0000000000000000@mymovies.example',
    at: 0,
    filling: {
      date: '14 November 2026',
      askedText: 'You asked.',
      askedHtml: 'You asked.',
      manageUrl: 'https://m.example/m?token=1',
      unsubscribeUrl: 'https://m.example/u?token=1',
    },
  })

const here = { domain: 'example.com', now: 0, attempt: 1, refused: 'unknown' as const }

let smtp: Smtp
let transport: Transport
beforeAll(async () => {
  smtp = await Smtp.start()
  transport = openTransport(smtp.url)
})
afterEach(() => {
  smtp.behave()
  smtp.clear()
})
afterAll(async () => {
  transport.close()
  await smtp.close()
})

describe('the pool', () => {
  it('hands over the email as composed, with the return path that names the reader', async () => {
    const mail = mailTo('reader@example.com')
    const receipt = await transport.send(mail)
    expect(receipt.id).toBeTruthy()
    expect(smtp.taken).toMatchObject([
      {
        messageId: 'event-1.reader.example.com',
        from: 'bounce+r1-0000000000000000@mymovies.example',
        to: ['reader@example.com'],
      },
    ])
    expect(smtp.taken[0]!.source.trimEnd()).toBe(mail.raw.trimEnd())
  })

  it('sends many emails over a few open connections', async () => {
    const before = smtp.counts.connections
    await atATime(2 * CONNECTIONS, 200, i => transport.send(mailTo(`reader${i}@example.com`)))
    expect(new Set(smtp.taken.map(({ messageId }) => messageId)).size).toBe(200)
    expect(smtp.counts.connections - before).toBeLessThanOrEqual(CONNECTIONS)
  })

  it('does not keep emails that it has sent', async () => {
    const sink = await spawnSmtp({ keep: 'ids' })
    const pool = openTransport(sink.url)
    await atATime(2 * CONNECTIONS, 100, i => pool.send(mailTo(`warm${i}@example.com`)))
    const before = await held()
    await atATime(2 * CONNECTIONS, 1000, i => pool.send(mailTo(`reader${i}@example.com`)))
    expect((await sink.state()).letters).toBe(1100)
    expect(((await held()) - before) / 1000).toBeLessThan(
      mailTo('reader@example.com').raw.length / 4,
    )
    pool.close()
    await sink.close()
  })

  it('keeps its connection when one email is refused', async () => {
    await transport.send(mailTo('first@example.com'))
    const before = smtp.counts.connections
    smtp.behave({ to: 'nobody', code: 550, say: '5.1.1 no such user' })
    await expect(transport.send(mailTo('nobody@example.com'))).rejects.toMatchObject({
      responseCode: 550,
    })
    await transport.send(mailTo('second@example.com'))
    expect(smtp.counts.connections).toBe(before)
  })

  it('reconnects after every connection was cut', async () => {
    smtp.behave({ step: 'data', act: 'drop', times: 1 })
    await expect(transport.send(mailTo('reader@example.com'))).rejects.toThrow()
    await transport.send(mailTo('reader@example.com'))
    expect(smtp.taken).toHaveLength(1)
  })

  it('frees its slot when the sending is aborted', async () => {
    smtp.behave({ to: 'slow', delay: 2000 })
    const controller = new AbortController()
    const sending = transport.send(mailTo('slow@example.com'), controller.signal)
    await vi.waitUntil(() => smtp.counts.held === 1)
    controller.abort()
    await expect(sending).rejects.toThrow(/abort/i)
    await transport.send(mailTo('next@example.com'))
    expect(smtp.taken.map(({ to }) => to[0])).toEqual(['next@example.com'])
  })

  it('signs in over STARTTLS, and verify throws if it is not let in', async () => {
    const guarded = await Smtp.start({ auth: { user: 'us', pass: 'p:a/ss' }, starttls: true })
    trustHere(guarded.cert)
    const good = openTransport(guarded.url)
    const bad = openTransport(guarded.url.replace('us:', 'them:'))
    await good.verify()
    await good.send(mailTo('reader@example.com'))
    expect(guarded.counts.encrypted).toBe(1)
    const refusal = await bad.verify().catch((error: SmtpError) => error)
    expect(classifyFailure(refusal as SmtpError, here)).toBeInstanceOf(Stopped)
    good.close()
    bad.close()
    await guarded.close()
  })
})

describe('a mail server elsewhere', () => {
  let open: Smtp
  const elsewhere = (query = '') =>
    `smtp://us:secret@mail.example:${open.port}${query && `/?${query}`}`
  beforeAll(async () => {
    open = await Smtp.start({ auth: { user: 'us', pass: 'secret' } })
    const answer = (callback: (error: null, addresses: object[]) => void) =>
      callback(null, [{ address: '127.0.0.1', family: 4 }])
    vi.spyOn(dns.Resolver.prototype, 'resolve4').mockImplementation(((_: string, done: never) =>
      (done as (error: null, addresses: string[]) => void)(null, ['127.0.0.1'])) as never)
    vi.spyOn(dns, 'lookup').mockImplementation(((_: string, __: object, done: never) =>
      answer(done)) as never)
  })
  afterAll(async () => {
    vi.restoreAllMocks()
    await open.close()
  })

  it('gets neither password nor email over a line that is not encrypted', async () => {
    const pool = openTransport(elsewhere())
    const error = await pool.send(mailTo('reader@example.com')).catch((e: SmtpError) => e)
    const meaning = classifyFailure(error as SmtpError, here)
    expect(meaning).toBeInstanceOf(Stopped)
    expect(meaning.message).toContain('does not encrypt')
    expect([open.counts.signIns, open.taken]).toEqual([0, []])
    pool.close()
  })

  it.each(['requireTLS=false', 'ignoreTLS=true'])('unless told otherwise (%s)', async query => {
    const pool = openTransport(elsewhere(query))
    await pool.send(mailTo('reader@example.com'))
    expect(open.taken).toHaveLength(1)
    open.clear()
    pool.close()
  })
})

describe('a refusal', () => {
  it.each([
    [
      'greylisting',
      { code: 450, say: '4.2.0 greylisted, try again in 5 minutes' },
      Retry,
      { at: 300_000 },
    ],
    [
      'a short wait in seconds',
      { code: 451, say: '4.7.1 Greylisted for 30 seconds' },
      Retry,
      { at: 30_000 },
    ],
    ['no time named', { code: 451, say: '4.3.0 try later' }, Retry, { at: undefined }],
    [
      'an overloaded server',
      { code: 421, say: '4.7.28 too many letters, try again in 60 seconds' },
      Retry,
      { at: 60_000, pause: 'example.com' },
    ],
    ['a full mailbox for now', { code: 452, say: '4.2.2 mailbox full' }, Retry, {}],
    ['a full mailbox for good', { code: 552, say: '5.2.2 quota exceeded' }, Retry, {}],
    ['no such user', { code: 550, say: '5.1.1 no such user' }, Suppressed, undefined],
    ['no such user, with a mark before the code', { code: 550, say: '#5.1.1 bad' }, Suppressed, {}],
    ['a closed mailbox', { code: 550, say: '5.2.1 mailbox disabled' }, Suppressed, undefined],
    [
      'a mailbox that gets too much at the moment',
      { code: 550, say: '5.2.1 The user you are trying to contact is receiving mail at a rate' },
      Retry,
      {},
    ],
    [
      'a refusal of us as the sender, in words about an address',
      { step: 'from' as const, code: 550, say: '5.1.1 unknown sender' },
      Stopped,
      undefined,
    ],
    ['a refusal of our greeting', { step: 'hello' as const }, Stopped, {}],
    ['a refusal to talk at all', { step: 'greeting' as const, code: 554, say: 'no' }, Stopped, {}],
    [
      'a server that is busy',
      { step: 'greeting' as const, code: 421, say: '4.3.2 busy' },
      Retry,
      {},
    ],
    [
      'a refusal of us as the sender',
      { step: 'from' as const, code: 550, say: '5.7.1 no' },
      Stopped,
      {},
    ],
    ['a cut connection', { act: 'drop' as const }, Retry, {}],
  ])('%s', async (_, rule, kind, options) => {
    smtp.behave(rule)
    const fresh = openTransport(smtp.url)
    const error = await fresh.send(mailTo('reader@example.com')).catch((e: SmtpError) => e)
    fresh.close()
    const meaning = classifyFailure(error as SmtpError, here)
    expect(meaning).toBeInstanceOf(kind)
    if (meaning instanceof Retry) expect(meaning.options).toMatchObject(options!)
    if ('say' in rule && rule.say) expect(meaning.message).toContain(rule.say)
  })

  it.each([
    ['a relay that does not know us', { code: 550, say: 'relay not permitted' }],
    ['no such user, in words only', { code: 550, say: 'unknown' }],
    ['a policy', { code: 550, say: '5.7.1 looks like spam' }],
    ['no such user, after the whole email', { step: 'data' as const, code: 550, say: '5.1.1 no' }],
    ['an email too large', { code: 552, say: '5.3.4 message too big' }],
    ['a refusal after the email', { step: 'data' as const, code: 554, say: '5.6.0 rejected' }],
  ])('that could be about anybody (%s) ends one delivery, or the part waits', async (_, rule) => {
    smtp.behave(rule)
    const error = await transport.send(mailTo('reader@example.com')).catch((e: SmtpError) => e)
    const meaning = (more: Partial<Attempt>) =>
      classifyFailure(error as SmtpError, { ...here, ...more })
    expect(meaning({})).toBeInstanceOf(Retry)
    expect(meaning({ refused: 'one', attempt: 2 })).toBeInstanceOf(Dead)
    expect(meaning({ refused: 'all' })).toBeInstanceOf(Stopped)
    expect(meaning({ attempt: 9 })).toBeInstanceOf(Stopped)
    expect(meaning({}).message).toContain(rule.say)
  })

  it('that is temporary for everybody stops the part only when greylisting would be over', async () => {
    smtp.behave({ code: 454, say: '4.7.1 relay access denied' })
    const error = await transport.send(mailTo('reader@example.com')).catch((e: SmtpError) => e)
    const meaning = (attempt: number) =>
      classifyFailure(error as SmtpError, { ...here, refused: 'all', attempt })
    expect(meaning(5)).toBeInstanceOf(Retry)
    expect(meaning(6)).toBeInstanceOf(Stopped)
  })

  it('by no answer at all is tried again, then the part waits and uses up no attempts', async () => {
    const nowhere = openTransport('smtp://127.0.0.1:1')
    const error = await nowhere.send(mailTo('reader@example.com')).catch((e: SmtpError) => e)
    expect(classifyFailure(error as SmtpError, here)).toBeInstanceOf(Retry)
    expect(classifyFailure(error as SmtpError, { ...here, attempt: 4 })).toBeInstanceOf(Stopped)
    nowhere.close()
  })
})

/** Bytes still in use after everything that can be freed is freed. */
async function held(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let round = 0; round < 3; round++) {
    await new Promise(resolve => setImmediate(resolve))
    collect()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function atATime(width: number, count: number, run: (i: number) => Promise<unknown>) {
  let next = 0
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < count) await run(next++)
    }),
  )
}
