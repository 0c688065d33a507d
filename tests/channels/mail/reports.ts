/** Reports in the shapes that mail servers write, for the tests. */

/** A delivery status notification (RFC 3464) of one recipient. */
export const statusOnly = (status: string, diagnostic: string) => `From: MAILER-DAEMON@mx.example
To: us@mymovies.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Your email did not arrive.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; reader@example.com
Action: failed
${status && `Status: ${status}\n`}${diagnostic && `Diagnostic-Code: smtp; ${diagnostic}\n`}
--b--
`

const mail = (subject: string, text: string, type = 'text/plain; charset=utf-8') =>
  `From: MAILER-DAEMON@mx.example\nTo: us@mymovies.example\nSubject: ${subject}\nContent-Type: ${type}\n\n${text}\n`

const qmail = (said: string) =>
  mail(
    'failure notice',
    `Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<reader@example.com>:
${said}

--- Below this line is a copy of the message.

Return-Path: <us@mymovies.example>
Subject: No such user`,
  )
const exim = (said: string) =>
  mail(
    'Mail delivery failed: returning message to sender',
    `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  reader@example.com
    SMTP error from remote mail server after RCPT TO:<reader@example.com>:
    host mx.example.com [192.0.2.1]: ${said}

------ This is a copy of the message, including all the headers. ------

Subject: 550 5.1.1 No such user`,
  )
const exchange = (said: string) =>
  mail(
    'Undeliverable: See it',
    `Your message

  To:      reader@example.com
  Subject: User unknown (2001)
  Sent:    Mon, 16 Nov 2026 11:00:00 -0000

did not reach the following recipient(s):

reader@example.com on Mon, 16 Nov 2026 11:00:01 -0000
    ${said}
    <mx.example #5.1.1 smtp;${said}>`,
  )
const yahoo = (said: string) =>
  mail(
    'Delivery failure',
    `Message from yahoo.example.
Unable to deliver message to the following address(es).

<reader@yahoo.example>:
${said}

--- Original message follows.`,
  )

export const IN_WORDS: [name: string, meaning: string, source: string][] = [
  ['qmail: no such user', 'no mailbox', qmail('Sorry, no mailbox here by that name. (#5.1.1)')],
  ['qmail: no such host', 'no mailbox', qmail("Sorry, I couldn't find any host named x. (#5.1.2)")],
  ['qmail: over quota', 'temporary', qmail("The user's mailfolder is over the allowed quota.")],
  ['qmail: gave up', 'temporary', qmail("I wasn't able to connect. (#4.4.1)")],
  ['qmail: policy', 'unclear', qmail('Remote host said: 554 5.7.1 Blocked, see our policy')],
  [
    'qmail: relay',
    'unclear',
    qmail("553 sorry, that domain isn't in my list of allowed rcpthosts"),
  ],
  ['qmail: nothing', 'unclear', qmail('')],
  ['Exim: unknown user', 'no mailbox', exim('550 unknown user')],
  ['Exim: unrouteable', 'no mailbox', exim('550 Unrouteable address')],
  ['Exim: relay', 'unclear', exim('550 relay not permitted')],
  ['Exim: sender verify', 'unclear', exim('550-Verification failed\n    550 Sender verify failed')],
  ['Exim: full', 'temporary', exim('552 mailbox is full')],
  ['Exim: retry timeout', 'temporary', exim('451 4.3.0 temporary: retry timeout exceeded')],
  ['Exchange 2003: unknown', 'no mailbox', exchange('The recipient name is not recognized')],
  ['Yahoo: no account', 'no mailbox', yahoo("This user doesn't have a yahoo.example account")],
  ['Yahoo: quota', 'temporary', yahoo('This account is over quota.')],
  ['Yahoo: disabled', 'unclear', yahoo('This account has been disabled or discontinued.')],
  [
    'Domino: not listed',
    'no mailbox',
    mail(
      'DELIVERY FAILURE',
      'Your message\n\n  Subject: x\n\nwas not delivered to:\n\n  a.b@c.example\n\nbecause:\n\n  User a.b (a.b@c.example) not listed in\n  Domino Directory',
    ),
  ],
  [
    'with details of the email below',
    'no mailbox',
    mail(
      'Re: Go twice',
      'Error: Invalid user address\n\nError message below:\n550 - no such user here\n\nMessage details:\n  Subject: x\n  MAIL FROM: us@mymovies.example\n  Size (in bytes): 39',
    ),
  ],
  [
    'Mail.ru: no such mailbox',
    'no mailbox',
    mail(
      'Mail failure.',
      'К сожалению, Ваше письмо не может быть доставлено:\n\nпользователь не найден',
    ),
  ],
  [
    'in HTML',
    'no mailbox',
    mail('failure notice', '<p>reader@example.com<br>No such user</p>', 'text/html'),
  ],
  [
    'a warning',
    'temporary',
    mail(
      'Warning: message delayed',
      'It has not yet been delivered. 550 no such user. Will be retried.',
    ),
  ],
  ['a sentence', 'unclear', mail('Undeliverable', 'I could not deliver your message.')],
]
