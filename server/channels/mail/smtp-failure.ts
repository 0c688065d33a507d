/**
 * Turns a failed attempt to hand an email to our mail server into what becomes of the delivery: tried
 * again, given up, or kept while the whole part waits.
 */
import { Dead, Retry, Stopped, Suppressed } from '../../delivery/contract/define-reactor'
import { codesIn, meaningOf, type Refusal, type Stage } from './refusal'
import type { Refused } from './refusals-in-a-row'

const QUICK_ATTEMPTS = 3
/** Greylisting is over by then. */
const PATIENT_ATTEMPTS = 5
/** After one more, a delivery is given up. */
const LAST_ATTEMPT = 8

/**
 * What nodemailer's errors carry. `response` is the server's answer, `command` the command that it
 * answered ("CONN" for the greeting).
 */
export interface SmtpError {
  message: string
  code?: string
  response?: string
  responseCode?: number
  command?: string
}

/**
 * `domain` is the recipient's; if its server is overloaded and names a time, we leave it alone for all
 * its readers. `refused` says how others fare. `now` in ms.
 */
export interface Attempt {
  domain: string
  now: number
  attempt: number
  refused: Refused
}

/**
 * The error to throw in a reactor. Suppressed only if the address itself is at fault, which waits a
 * little where one after another is said not to exist. Whatever is about us, or stays unclear while the server takes nothing at all, uses up no attempts: the part
 * waits, and everything leaves once the cause is mended.
 */
export function classifyFailure(
  error: SmtpError,
  attempt: Attempt,
): Retry | Dead | Suppressed | Stopped {
  if (error.code === 'EENVELOPE' && !error.responseCode) return new Dead(wordsOf(error))
  const refusal = refusalOf(error)
  const meaning = meaningOf(refusal)
  if (refusal.stage === 'session' || refusal.stage === 'sender')
    return aboutUs(error, refusal, attempt)
  const said = `${attempt.domain}: ${wordsOf(error)}`
  if (meaning === 'no mailbox' && !isDoubtful(attempt)) return new Suppressed(said)
  if (isEverybodys(meaning === 'temporary', attempt))
    return new Stopped(`The mail server refuses everybody: ${wordsOf(error)}`)
  if (meaning === 'unclear' && attempt.refused === 'one') return new Dead(said)
  return new Retry(said, whenToRetry(refusal, attempt))
}

/** The refusal in a failed session, or the silence in place of one. */
export function refusalOf({
  response = '',
  responseCode,
  command = '',
  message,
}: SmtpError): Refusal {
  return {
    stage: stageOf(command, responseCode),
    ...codesIn(response),
    ...(responseCode && { code: responseCode }),
    words: response || message,
  }
}

function stageOf(command: string, responseCode: number | undefined): Stage {
  if (!responseCode) return 'session'
  if (command.startsWith('MAIL')) return 'sender'
  if (command.startsWith('RCPT')) return 'recipient'
  return command.startsWith('DATA') ? 'message' : 'session'
}

function aboutUs(error: SmtpError, refusal: Refusal, at: Attempt): Retry | Stopped {
  const said = `${complaint(error, refusal)}: ${wordsOf(error)}`
  const mustStop =
    error.code === 'EAUTH' ||
    error.code === 'ENOAUTH' ||
    meaningOf(refusal) === 'about us' ||
    at.attempt > QUICK_ATTEMPTS
  return mustStop ? new Stopped(said) : new Retry(said, whenToRetry(refusal, at))
}

function complaint({ code, command }: SmtpError, { stage, code: reply }: Refusal): string {
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'The mail server does not let us in'
  if (command === 'STARTTLS') return 'The mail server does not encrypt'
  if (stage === 'sender') return 'The mail server does not accept emails from us'
  return reply ? 'The mail server refuses us' : 'The mail server cannot be reached'
}

/** Until the next attempts, either somebody is taken or so many are refused that the part stops. */
const isDoubtful = ({ refused, attempt }: Attempt) =>
  refused === 'all' || (refused === 'suspect' && attempt <= QUICK_ATTEMPTS)

/** A temporary refusal is normal for some minutes; any other is not. */
function isEverybodys(isTemporary: boolean, { attempt, refused }: Attempt): boolean {
  if (refused === 'all') return !isTemporary || attempt > PATIENT_ATTEMPTS
  return refused === 'unknown' && attempt > LAST_ATTEMPT
}

function whenToRetry({ code = 0, status, words }: Refusal, { domain, now }: Attempt) {
  const isOverloaded = code === 421 || status === '4.7.28' || /rate.?limit|too many/i.test(words)
  return {
    at: namedTime(words, now),
    ...(code < 500 && isOverloaded && { pause: domain }),
  }
}

/** Servers repeat the address. We keep reasons for ever, but not addresses. */
const wordsOf = ({ response, message }: SmtpError) =>
  (response || message).replace(/<?[^\s<>@]+@[^\s<>]+>?/g, '(address)')

/** "Greylisted for 300 seconds", "try again in 5 minutes"; at most an hour ahead. */
function namedTime(response: string, now: number): number | undefined {
  const [, amount, unit] = /\b(\d{1,4})\s*(s|sec|seconds?|m|min|minutes?)\b/i.exec(response) ?? []
  if (!amount) return undefined
  const seconds = Number(amount) * (unit!.toLowerCase().startsWith('m') ? 60 : 1)
  return now + Math.min(3600, seconds) * 1000
}
