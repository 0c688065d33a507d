/**
 * A client that does not give up: repeats a command with the same Idempotency-Key until it is
 * answered.
 */
import type { Caller } from './account'

/**
 * The body of the first successful answer; no answer and 503 are tried again, anything else throws.
 */
export async function insist(ask: Caller, path: string, key: string, body: object) {
  for (;;) {
    const answer = await ask(path, {
      body,
      headers: { 'idempotency-key': key.replaceAll(' ', '-') },
    }).catch(() => undefined)
    if (answer && answer.status < 300) return answer.body
    if (answer && answer.status !== 503)
      throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
