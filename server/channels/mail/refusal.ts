/**
 * What a mail server's refusal means: one rule for the SMTP session and for reports that come back
 * later (reply codes: RFC 5321, 4.2; enhanced codes: RFC 3463).
 */
import { speaksOfUs } from './refusal-blame'

/**
 * Where the refusal came: before any email (greeting, EHLO, STARTTLS, AUTH), in answer to MAIL FROM, to
 * RCPT TO, to the email itself (DATA), or in a report.
 */
export type Stage = 'session' | 'sender' | 'recipient' | 'message' | 'report'

/** `code` is the reply code (550), `status` the enhanced one (5.1.1), `words` all that was said. */
export interface Refusal {
  stage: Stage
  code?: number
  status?: string
  words: string
}

/**
 * `no mailbox`: this address does not exist or is closed. `temporary`: it may work later. `about us`:
 * nothing that we send is taken. `unclear`: refused for good, but only repetition tells whether the
 * address, this email or we are meant.
 */
export type Meaning = 'no mailbox' | 'temporary' | 'about us' | 'unclear'

export function meaningOf({ stage, code, status, words }: Refusal): Meaning {
  const isPermanent = status ? status.startsWith('5') : code !== undefined && code >= 500
  if (stage === 'session' || stage === 'sender') return isPermanent ? 'about us' : 'temporary'
  if (!isPermanent || isFull(status) || isBusy(words)) return 'temporary'
  const isAboutRecipient = stage === 'report' || stage === 'recipient'
  return isAboutRecipient && isAddressFault(status) && !speaksOfUs(words) ? 'no mailbox' : 'unclear'
}

/** "550 5.1.1", "550-5.1.1" and "550 #5.1.1": the reply code and the enhanced one, where there are any. */
export function codesIn(response: string): Pick<Refusal, 'code' | 'status'> {
  const [, code, status] = /^(\d{3})(?:[ :-]+#?([245]\.\d{1,3}\.\d{1,3})\b)?/.exec(response) ?? []
  return { ...(code && { code: Number(code) }), ...(status && { status }) }
}

/** X.1.1-X.1.3, X.1.6, X.1.10: no such address; X.2.1: the mailbox is closed. */
const isAddressFault = (status = '') => /^5\.(?:1\.(?:[1236]|10)|2\.1)$/.test(status)

/** X.2.2: a full mailbox, which its owner may empty. */
const isFull = (status = '') => status === '5.2.2'

/** Gmail says 5.2.1 of a mailbox that gets too much email at the moment. */
const isBusy = (words: string) => /receiving\s[\s\S]{0,60}\b(?:rate|quickly)\b/i.test(words)
