/** Letters that no event of the log stands behind (a confirmation, an alert) wait in a table of their own; this is when they are tried again, and the loop that sends them. */
import { Retry, Stopped } from '../../delivery/contract/define-reactor'
import { nextAttempt } from '../../delivery/sending/retry'
import { meaningOf, type Refused } from './smtp-failure'

/** While a process sends a letter, no other does; after a crash the letter is due again. */
export const CLAIM_MS = 30_000
const STOPPED_MS = 60_000

/** After a failure, the time (ms) of the next attempt; undefined when there will be none. `attempts` before this one. */
export function nextTry(
  error: unknown,
  { email, attempts, now }: { email: string; attempts: number; now: number },
): number | undefined {
  const meaning = meaningOf(error as Refused, {
    domain: email.split('@').pop()!,
    now,
    attempt: attempts + 1,
  })
  if (meaning instanceof Stopped) return now + STOPPED_MS
  return meaning instanceof Retry
    ? nextAttempt(attempts + 1, now, { asked: meaning.options.at })
    : undefined
}

/** Runs `round` over and over, at once again while it answers true, else after `everyMs` or a `wake`. `stop` waits for the round under way. */
export function inTurns(
  round: () => Promise<boolean>,
  everyMs: number,
): { wake: () => void; stop: () => Promise<void> } {
  let stopping = false
  let wake = () => {}
  const loop = (async () => {
    while (!stopping) {
      const more = await round()
      if (!more && !stopping)
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, everyMs)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
    }
  })()
  return {
    wake: () => wake(),
    stop: async () => {
      stopping = true
      wake()
      await loop
    },
  }
}
