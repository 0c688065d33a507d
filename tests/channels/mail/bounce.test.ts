/**
 * Bounce notifications as mail servers write them (RFC 3464), and messages that are not
 * notifications.
 */
import { describe, expect, it } from 'vitest'
import { readBounces, severityOf } from '../../../server/channels/mail/bounce'

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

describe('a notification', () => {
  it.each([
    ['of Postfix', postfix, 'gone@example.com', '5.1.1', 'hard'],
    ['of Gmail', google, 'full@gmail.example', '4.2.2', 'soft'],
    ['of Outlook', outlook, 'left@outlook.example', '5.1.10', 'hard'],
    ['of Exim', exim, 'closed@example.net', '5.0.0', 'hard'],
    ['of a delay', delayed, 'slow@example.com', '4.4.1', 'soft'],
    ['of an arrival', delivered, 'there@example.com', '2.0.0', undefined],
    ['in base64', encoded, 'base@example.com', '5.1.1', 'hard'],
    ['inside another mail', within, 'gone@example.com', '5.1.1', 'hard'],
  ])('%s says who and how final', async (_, source, recipient, status, weight) => {
    const [bounce, ...more] = await readBounces(source)
    expect(bounce).toMatchObject({ recipient, status })
    expect(severityOf(bounce!)).toBe(weight)
    expect(more).toEqual([])
  })

  it('unfolds what the far side said', async () => {
    expect((await readBounces(postfix))[0]!.diagnostic).toBe(
      '550 5.1.1 <gone@example.com>: Recipient address rejected: User unknown',
    )
  })

  it('lists each recipient separately', async () => {
    expect(
      (await readBounces(several)).map(bounce => [bounce.recipient, severityOf(bounce)]),
    ).toEqual([
      ['one@example.com', 'hard'],
      ['two@example.com', 'soft'],
    ])
  })
})

describe('not a notification', () => {
  it.each([
    ['nothing', ''],
    [
      'an ordinary email',
      'From: a@example.com\nSubject: Status: 5.1.1\n\nFinal-Recipient: rfc822; x@example.com\nStatus: 5.1.1\n',
    ],
    [
      'a report about something else',
      report('h', 'x').replace('message/delivery-status', 'message/disposition-notification'),
    ],
    [
      'a status without a recipient',
      report('i', 'Reporting-MTA: dns; a\n\nAction: failed\nStatus: 5.1.1\n'),
    ],
    [
      'a recipient with half a status',
      report(
        'j',
        'Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; x@example.com\nAction: failed\nStatus: 5\n',
      ),
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
    ['bytes', String.fromCharCode(...Array.from({ length: 512 }, (_, i) => i % 256))],
  ])('%s', async (_, source) => {
    expect(await readBounces(source)).toEqual([])
  })
})

it('a notification that is cut off anywhere is read as far as possible, or not at all', async () => {
  for (let end = 0; end < postfix.length; end += 7)
    for (const { recipient } of await readBounces(postfix.slice(0, end)))
      expect('gone@example.com').toContain(recipient)
})

it('a report about a hundred thousand recipients is read up to the hundredth', async () => {
  const one = 'Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n\n'
  const many = report('o', `Reporting-MTA: dns; a.example\n\n${one.repeat(100_000)}`)
  expect(await readBounces(many)).toHaveLength(100)
})
