/**
 * Reports as mail servers write them (RFC 3464, RFC 5965, in their own words), and messages that are
 * no reports.
 */
import { describe, expect, it } from 'vitest'
import { meaningOf } from '../../../server/channels/mail/refusal'
import { readReport } from '../../../server/channels/mail/report'
import { IN_WORDS, statusOnly } from './reports'

const report = (
  boundary: string,
  status: string,
  {
    type = 'multipart/report; report-type=delivery-status',
    original = 'Subject: Go twice\n\nbody',
  } = {},
) => `Return-Path: <>
To: bounce+r1-0123456789abcdef@mymovies.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: ${type}; boundary="${boundary}"

preamble
--${boundary}
Content-Type: text/plain

Your letter did not arrive. Status: 2.0.0 says this part, and it does not count.

--${boundary}
Content-Type: message/delivery-status

${status}
--${boundary}
Content-Type: message/rfc822

${original}

--${boundary}--
`

const postfix = report(
  'A0B1.1700000000/mail.example.org',
  `Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: A0B1C2
X-Postfix-Sender: rfc822; bounce+r1-0123456789abcdef@mymovies.example
Arrival-Date: Sat, 14 Nov 2026 11:01:17 +0000 (UTC)

Final-Recipient: rfc822; gone@example.com
Original-Recipient: rfc822;gone@example.com
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.com
Diagnostic-Code: smtp; 550 5.1.1 <gone@example.com>: Recipient address
    rejected: User unknown
`,
)

const google = report(
  '000000000000abcdef',
  `Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; bounce+r1-0123456789abcdef@mymovies.example
Arrival-Date: Sat, 14 Nov 2026 03:01:17 -0800 (PST)
X-Original-Message-ID: <event-1.r1@mymovies.example>

Final-Recipient: rfc822; full@gmail.example
Action: failed
Status: 4.2.2
Remote-MTA: dns; gmail-smtp-in.example. (192.0.2.1, the server for the domain gmail.example.)
Diagnostic-Code: smtp; 452-4.2.2 The recipient's inbox is out of storage space
Last-Attempt-Date: Sat, 14 Nov 2026 03:01:18 -0800 (PST)
`,
  { type: 'multipart/report; report-type=delivery-status' },
)

const outlook = report(
  'b1_=_outlook',
  `Reporting-MTA: dns;AM0PR01.example
Received-From-MTA: dns;mail.mymovies.example
Arrival-Date: Sat, 14 Nov 2026 11:01:17 +0000

Original-Recipient: rfc822;left@outlook.example
Final-Recipient: rfc822;left@outlook.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
`,
).replaceAll('\n', '\r\n')

const exim = report(
  '1700000000-eximdsn-1',
  `Reporting-MTA: dns; exim.example.net

Action: failed
Final-Recipient: rfc822;closed@example.net
Status: 5.0.0
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 Mailbox closed
`,
  { type: 'multipart/report; report-type=delivery-status' },
)

const delayed = report(
  'd',
  'Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; slow@example.com\nAction: delayed\nStatus: 4.4.1\nWill-Retry-Until: Thu, 19 Nov 2026 11:01:17 +0000\n',
)
const delivered = report(
  'e',
  'Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; there@example.com\nAction: delivered\nStatus: 2.0.0\n',
)
const several = report(
  'f',
  'Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; one@example.com\nAction: failed\nStatus: 5.1.1\n\nFinal-Recipient: rfc822; two@example.com\nAction: failed\nStatus: 4.4.7\n',
)
const encoded = report('g', 'x').replace(
  /Content-Type: message\/delivery-status\n\nx/,
  `Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n${Buffer.from('Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; base@example.com\nAction: failed\nStatus: 5.1.1\n').toString('base64')}`,
)
const within = `Content-Type: multipart/mixed; boundary=outer\n\n--outer\n${postfix.slice(postfix.indexOf('Content-Type: multipart'))}\n--outer--\n`

const complaint = (type: string) =>
  report('arf', `Feedback-Type: ${type}\nUser-Agent: SomeGenerator/1.0\nVersion: 1`, {
    type: 'multipart/report; report-type=feedback-report',
  }).replace('message/delivery-status', 'message/feedback-report')

/** What a report amounts to. */
async function heard(source: string): Promise<string> {
  const found = await readReport(Buffer.from(source).toString('latin1'))
  return found.kind === 'bounce' ? meaningOf(found.refusal) : found.kind
}

describe('a notification', () => {
  it.each([
    ['of Postfix', postfix, 'no mailbox'],
    ['of Gmail', google, 'temporary'],
    ['of Outlook', outlook, 'no mailbox'],
    ['of Exim, about a closed mailbox', exim, 'unclear'],
    ['of a delay', delayed, 'temporary'],
    ['of an arrival', delivered, 'nothing'],
    ['about two, of whom one may get it later', several, 'temporary'],
    ['in base64', encoded, 'no mailbox'],
    ['inside another mail', within, 'no mailbox'],
    [
      'without a recipient',
      statusOnly('5.1.1', '').replace(/Final-Recipient.*\n/, ''),
      'no mailbox',
    ],
    ['without a status', statusOnly('', '550 5.1.1 User unknown'), 'no mailbox'],
    ['whose status is a reply code', statusOnly('550', '550 No such user here'), 'no mailbox'],
    ['of DMARC', statusOnly('5.7.26', '550-5.7.26 This mail is unauthenticated'), 'unclear'],
    ['of a quota', statusOnly('5.2.2', '552 5.2.2 Over quota'), 'temporary'],
    ['of a quota, in words', statusOnly('5.0.0', '550 Mailbox quota exceeded'), 'temporary'],
    ['of spam', statusOnly('5.7.1', '554 5.7.1 Message looks like spam'), 'unclear'],
    ['of spam, marked 5.1.1', statusOnly('5.1.1', '550 Rejected as spam'), 'unclear'],
    ['of a relay, marked 5.1.1', statusOnly('5.1.1', '550 Relaying denied'), 'unclear'],
    ['of our address being blocked', statusOnly('5.1.1', '550 5.7.606 Banned IP'), 'unclear'],
    ['of a busy mailbox', statusOnly('5.2.1', '550-5.2.1 receiving mail at a rate'), 'temporary'],
    [
      'of an unknown user, behind a relay',
      statusOnly('5.1.1', '550 5.1.1 User unknown in relay recipient table'),
      'no mailbox',
    ],
    ['of a closed mailbox', statusOnly('5.2.1', '550 5.2.1 Mailbox closed'), 'no mailbox'],
    ['of an unknown user, in words', statusOnly('5.0.0', '550 User unknown'), 'no mailbox'],
    ['of a bare 550', statusOnly('5.0.0', '550 mailbox unavailable'), 'unclear'],
    ['of nothing in particular', statusOnly('5.0.0', ''), 'unclear'],
  ])('%s says what became of the email', async (_, source, meaning) => {
    expect(await heard(source)).toBe(meaning)
  })

  it('says what the far side said, unfolded', async () => {
    expect(await readReport(postfix)).toMatchObject({
      refusal: {
        code: 550,
        words: '5.1.1 550 5.1.1 <gone@example.com>: Recipient address rejected: User unknown',
      },
    })
  })
})

describe('a report in words', () => {
  it.each(IN_WORDS)('%s', async (_, meaning, source) => {
    expect(await heard(source)).toBe(meaning)
  })

  it('in the character set of its country', async () => {
    const head = 'Subject: x\nContent-Type: text/plain; charset=koi8-r\n\n'
    const words = Buffer.from('d0cfccd8dacfd7c1d4c5ccd820cec520cec1cac4c5ce', 'hex')
    const found = await readReport(head + words.toString('latin1'))
    expect(found.kind === 'bounce' && meaningOf(found.refusal)).toBe('no mailbox')
  })

  it('does not take the name of a film, or a review, for a reason', async () => {
    const quoting =
      'Subject: Undeliverable: See it: Address Unknown (2001)\n\nYour message\n  Subject: See it: Address Unknown (2001)\ncould not be delivered.\n\n----- Original message -----\nNo such user, says the clerk.\n'
    expect(await heard(quoting)).toBe('unclear')
  })
})

describe('a complaint', () => {
  it.each([
    ['abuse', 'complaint'],
    ['fraud', 'complaint'],
    ['not-spam', 'nothing'],
    ['auth-failure', 'nothing'],
    ['opt-out', 'unsubscribe'],
  ])('of type %s', async (type, kind) => {
    expect(await heard(complaint(type))).toBe(kind)
  })
})

it.each([
  ['in the words of Microsoft', 'Subject: complaint about message from 192.0.2.1\n\n'],
  [
    'without its fields',
    report('arf', 'x', { type: 'multipart/report; report-type=feedback-report' }).replace(
      'message/delivery-status',
      'text/plain',
    ),
  ],
])('a complaint %s is one', async (_, source) => {
  expect(await heard(source)).toBe('complaint')
})

it('a request by mail to unsubscribe is one', async () => {
  expect(await heard('Subject: unsubscribe\n\n')).toBe('unsubscribe')
})

describe('a notice of absence is nothing', () => {
  it.each([
    ['marked', 'Subject: Re: Go twice\nAuto-Submitted: auto-replied\n\nI am on holiday.'],
    ['by its subject', 'Subject: Out of office\n\nBack on Monday.'],
    ['without a mark', 'Return-Path: <>\nSubject: Away\n\nI am unable to answer until Monday.'],
    ['in its text', 'Return-Path: <>\nSubject: Thank you\n\nI am out of the office this week.'],
    ['and its return path', 'Return-Path: <>\nSubject: Re: Go twice\n\nI am away until 5 May.'],
    ['in German', 'Return-Path: <>\nSubject: Abwesenheitsnotiz\n\nIch bin im Urlaub.'],
    ['in French', 'Return-Path: <>\nSubject: Absence du bureau\n\nJe suis en vacances.'],
    ['in Spanish', 'Return-Path: <>\nSubject: Fuera de la oficina\n\nVuelvo el lunes.'],
    [
      'in Japanese',
      'Return-Path: <>\nContent-Type: text/plain; charset=utf-8\n\n休暇のため不在です',
    ],
  ])('%s', async (_, source) => {
    expect(await heard(source)).toBe('nothing')
  })

  it.each([
    ['that quotes an error', 'user unknown, mailbox does not exist, haha'],
    ['that names a code', 'Your contact form answered me 550 5.1.1 User unknown. Please look.'],
  ])('and what a person writes %s costs nobody', async (_, text) => {
    const from = 'From: Ines <ines@example.org>\nSubject: Re: Go twice: Ikiru (1952)\n'
    expect(await heard(`${from}\n${text}\n`)).toBe('unclear')
    expect(await heard(`${from}Auto-Submitted: auto-replied\n\n${text}\n`)).not.toBe('no mailbox')
  })

  it.each([
    ['in its subject', 'Subject: Re: Go twice: Special Delivery (1927)\n'],
    ['by its field', 'Subject: Special Delivery\nIn-Reply-To: <event-1.r1@mymovies.example>\n'],
    ['with an empty return path', 'Subject: Aw: Go twice\nReturn-Path: <>\n'],
    ['as a notice of absence', 'Subject: Vacation\nReturn-Path: <>\n'],
  ])("and an answer, marked %s, is not read as a mail server's word", async (_, head) => {
    const words = 'I am unable to answer: jane@x.example is no longer a valid address.'
    expect(await heard(`From: Ines <ines@example.org>\n${head}\n${words}\n`)).toBe('unclear')
  })

  it('but a bounce is one, whatever the film is called', async () => {
    const head =
      'From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nSubject: Undeliverable: Away (2019)'
    expect(await heard(`${head}\n\nIt could not be delivered.\n`)).toBe('unclear')
    expect(await heard(`${head}\n\nVacation (2015)\n\n550 5.1.1 User unknown\n`)).toBe('no mailbox')
  })

  it('but a bounce that is marked so is a bounce', async () => {
    expect(
      await heard(
        'Subject: Undelivered\nAuto-Submitted: auto-replied\n\n<a@b.example>: 550 5.1.1 User unknown\n',
      ),
    ).toBe('no mailbox')
  })
})

describe('what says nothing is unclear, and quick to read', () => {
  it.each([
    ['nothing', ''],
    ['an ordinary email', 'From: a@example.com\nSubject: Status: 5.1.1\n\nMailman 5.1.1 is out.\n'],
    [
      'a report about something else',
      report('h', 'x').replace('message/delivery-status', 'message/disposition-notification'),
    ],
    ['our own letter, quoted', report('k', 'Reporting-MTA: dns; a\n', { original: postfix })],
    [
      'endless boundaries',
      `Content-Type: multipart/mixed; boundary=a\n\n${'--a\nContent-Type: multipart/mixed; boundary=a\n\n'.repeat(2000)}`,
    ],
    ['a header without end', `X: ${'a'.repeat(600_000)}\n\nbody`],
    ['a boundary that is announced and never comes', report('l', 'x').replaceAll('--l', '--m')],
    [
      'a report in an encoding that it does not keep',
      report('n', 'x').replace(
        'Content-Type: message/delivery-status\n',
        'Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n',
      ),
    ],
    ['a million empty lines', `${postfix.slice(0, 100)}\n\n${'\n'.repeat(1_000_000)}`],
    ['a field without end', report('p', `Reporting-MTA: dns; a\n\nTo: ${'a,'.repeat(300_000)}`)],
    ['spaces without end', `Subject: x\n\n${' '.repeat(500_000)}550`],
    ['words without end', `Subject: x\n\n${'unknown '.repeat(60_000)}`],
    ['tags without end', `Content-Type: text/html\n\n${'<'.repeat(500_000)}`],
    ['quotes without end', `Subject: x\n\n${'> - = '.repeat(80_000)}`],
    ['bytes', String.fromCharCode(...Array.from({ length: 512 }, (_, i) => i % 256))],
  ])('%s', async (_, source) => {
    const start = performance.now()
    expect(await heard(source)).toBe('unclear')
    expect(performance.now() - start).toBeLessThan(3000)
  })
})

it('a notification that is cut off anywhere never says worse than the whole', async () => {
  for (let end = 0; end < google.length; end += 7)
    expect(await heard(google.slice(0, end))).not.toBe('no mailbox')
})
