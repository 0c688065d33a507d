/** What a refusal means: an unknown address is one only where the words do not speak of us. */
import { expect, it } from 'vitest'
import { meaningOf } from '../../../server/channels/mail/refusal'

const said = (words: string, status = '5.1.1') =>
  meaningOf({ stage: 'recipient', code: 550, status, words })

it.each([
  '550 5.1.1 Access denied, AS(201806281): your sender is blocked',
  '553 5.1.6 sorry, relaying denied from your location',
  '550 5.1.1 Message refused: listed on a block list',
  '550 5.1.2 unable to relay',
  '550 5.1.1 Client host blocked using zen.example; unknown listing',
  '550 5.1.1 Message rejected due to policy',
  '550 5.1.1 Your IP is banned',
  '550 5.1.1 You are not authorized to send here',
  '550 5.1.1 Sender address rejected: User unknown',
])('%s is unclear', words => expect(said(words)).toBe('unclear'))

it.each([
  '550 5.1.1 <x@y.example>: Recipient address rejected: User unknown in relay recipient table',
  '550 5.1.1 The email account that you tried to reach does not exist',
  '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
  '550 5.1.1 No such user here, blocked',
  '550 5.1.1 mailbox unavailable',
  '550 5.2.1 The email account that you tried to reach is disabled',
])('%s is an unknown address', words => expect(said(words)).toBe('no mailbox'))
