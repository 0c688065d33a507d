/**
 * What a refusal means: an unknown address is one only where the words do not speak of us, and the
 * session and a report agree.
 */
import { expect, it } from 'vitest'
import { codesIn, meaningOf } from '../../../server/channels/mail/refusal'
import { readReport } from '../../../server/channels/mail/report'
import { statusOnly } from './reports'

const inSession = (words: string) =>
  meaningOf({ stage: 'recipient', code: Number(words.slice(0, 3)), ...codesIn(words), words })

async function inReport(words: string) {
  const report = await readReport(statusOnly(codesIn(words).status!, words))
  return report.kind === 'bounce' && meaningOf(report.refusal)
}

const both = async (words: string) => [inSession(words), await inReport(words)]

it.each([
  '550 5.1.1 Access denied, AS(201806281): your sender is blocked',
  '550 5.1.1 relay denied',
  '550 5.1.1 <a@b.example>: Relay access denied',
  '550 5.1.1 Relaying denied. Proper authentication required; user unknown',
  '550 5.1.1 User unknown or relay denied',
  '550 5.1.1 Recipient address rejected: Access denied',
  '550 5.1.1 Unknown user, access is denied from your network',
  '550 5.1.1 Blocked by the administrator',
  '550 5.1.1 This message was blocked due to its content',
  '553 5.1.6 sorry, relaying denied from your location',
  '550 5.1.1 Message refused: listed on a block list',
  '550 5.1.2 unable to relay',
  '550 5.1.1 Client host blocked using zen.example; unknown listing',
  '550 5.1.1 Message rejected due to policy',
  '550 5.1.1 Your IP is banned',
  '550 5.1.1 You are not authorized to send here',
  '550 5.1.1 Sender address rejected: User unknown',
  '550 5.1.1 Too many invalid recipients, go away',
  '550 5.1.1 Recipient verification failed, try again later',
  '550 5.1.3 Mailbox quota exceeded',
  '550 5.2.1 Mailbox disabled due to spam',
])('%s is unclear', async words => expect(await both(words)).toEqual(['unclear', 'unclear']))

it.each([
  '550 5.1.1 <x@y.example>: Recipient address rejected: User unknown in relay recipient table',
  '550 5.1.1 The email account that you tried to reach does not exist',
  '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
  '550 5.1.1 No such user here, blocked',
  '550 5.1.1 mailbox unavailable',
  '550 5.2.1 The email account that you tried to reach is disabled',
  '550 5.2.1 account is disabled',
  '554 5.2.1 Mailbox is inactive',
  '550 5.2.1 This account has been suspended',
  '550 5.1.1 User unknown; see https://blocked.example/relay',
])('%s is an unknown address', async words =>
  expect(await both(words)).toEqual(['no mailbox', 'no mailbox']),
)

it.each(['550-5.2.1 The user is receiving mail at a rate', '452 4.2.2 Over quota'])(
  '%s is temporary',
  async words => expect(await both(words)).toEqual(['temporary', 'temporary']),
)
