/**
 * Works out what a mail server's refusal means for this email, for this address, or for everything
 * we send (RFC 5321, 4.2; enhanced codes: RFC 3463).
 */
import { Dead, Retry, Stopped, Suppressed } from '../../delivery/contract/define-reactor'

const QUICK_ATTEMPTS = 3

/**
 * What nodemailer's errors carry. `response` is the server's last line, `command` the command that
 * it answered.
 */
export interface SmtpError {
  message: string
  code?: string
  response?: string
  responseCode?: number
  command?: string
}

/**
 * The error to throw in a reactor. Suppressed only if the address itself is at fault: a policy, a
 * size limit or a wrong setting of ours must never cost us a reader. `domain` is the recipient's;
 * if its server is overloaded and names a time, we leave it alone for all its readers. `now` in ms.
 * While our own mail server is down, no delivery uses up its attempts: after a few quick ones the
 * whole part waits for it.
 */
export function classifyFailure(
  error: SmtpError,
  { domain, now, attempt }: { domain: string; now: number; attempt: number },
): Retry | Dead | Suppressed | Stopped {
  const { responseCode = 0, response = '', command = '' } = error
  // Servers repeat the address. We keep reasons for ever, but not addresses.
  const words = (response || error.message).replace(/<?[^\s<>@]+@[^\s<>]+>?/g, '(address)')
  const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})/.exec(response)?.[1]
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH')
    return new Stopped(`The mail server does not let us in: ${words}`)
  if (error.code === 'EENVELOPE' && !responseCode) return new Dead(words)
  if (responseCode < 400)
    return new (attempt > QUICK_ATTEMPTS ? Stopped : Retry)(
      `The mail server cannot be reached: ${words}`,
    )
  if (responseCode < 500)
    return new Retry(`${domain}: ${words}`, {
      at: namedTime(response, now),
      ...(isOverloaded(responseCode, status, response) && { pause: domain }),
    })
  if (command.startsWith('MAIL') && !isAddressFault(status))
    return new Stopped(`The mail server does not accept emails from us: ${words}`)
  if (status === '5.2.2') return new Retry(`${domain}: ${words}`)
  const unknown = !status && command.startsWith('RCPT') && [550, 551, 553].includes(responseCode)
  if (isAddressFault(status) || unknown) return new Suppressed(`${domain}: ${words}`)
  return new Dead(`${domain}: ${words}`)
}

/** X.1.1-X.1.3, X.1.6, X.1.10: no such address; X.2.1: the mailbox is closed. */
const isAddressFault = (status = '') => /^5\.(?:1\.(?:[1236]|10)|2\.1)$/.test(status)

const isOverloaded = (code: number, status = '', response: string) =>
  code === 421 || status === '4.7.28' || /rate.?limit|too many/i.test(response)

/** "Greylisted for 300 seconds", "try again in 5 minutes"; at most an hour ahead. */
function namedTime(response: string, now: number): number | undefined {
  const [, amount, unit] = /\b(\d{1,4})\s*(s|sec|seconds?|m|min|minutes?)\b/i.exec(response) ?? []
  if (!amount) return undefined
  const seconds = Number(amount) * (unit!.toLowerCase().startsWith('m') ? 60 : 1)
  return now + Math.min(3600, seconds) * 1000
}
