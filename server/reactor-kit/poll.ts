/** Keeps asking a far side while it works on something that takes a moment. */
import { setTimeout as sleep } from 'node:timers/promises'

/** The clock to wait by; tests replace it with one that does not wait. */
export const clock = {
  pause: (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }),
}

/**
 * The first answer that is not undefined. Waits `first` ms after the first call, then twice as long
 * each time; gives up with undefined once a wait would be `most` ms or longer.
 */
export async function poll<Answer>(
  ask: () => Promise<Answer | undefined>,
  { first, most, signal }: { first: number; most: number; signal: AbortSignal },
): Promise<Answer | undefined> {
  for (let wait = first; wait < most; wait *= 2) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await clock.pause(wait, signal)
  }
}
