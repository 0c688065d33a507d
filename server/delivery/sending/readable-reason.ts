/** Words an error so that editors may read it: one bounded line, with none of our secrets in it. */
import { withoutBidi } from '../../kit/without-bidi'
import { networkWords } from '../../outbound/network-words'

const LONGEST = 300

export function readableReason(error: Error, settings: Record<string, string> = {}): string {
  const message =
    error instanceof TypeError ? (networkWords(error) ?? error.message) : error.message
  return (
    withoutBidi(withoutSecrets(message, settings)).replaceAll(/\s+/g, ' ').slice(0, LONGEST) ||
    error.name
  )
}

/** A far side may repeat our token in its error; it must not reach the desk, an email or a log. */
function withoutSecrets(message: string, settings: Record<string, string>): string {
  const secrets = Object.entries(settings).filter(
    ([name, value]) => /token|secret|key|password/i.test(name) && value.length >= 8,
  )
  return secrets.reduce((words, [, secret]) => words.replaceAll(secret, '…'), message)
}
