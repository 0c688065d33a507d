/**
 * Time for code that waits: the current time, and calls later. Tests pass a clock of their own, so
 * that no test waits for a real second.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now: () => number
  /** Milliseconds that have passed since some moment; nobody can set this clock. */
  elapsed: () => number
  setTimeout: (run: () => void, ms: number) => Timer
  clearTimeout: (timer: Timer | undefined) => void
}

export type Timer = NodeJS.Timeout | number

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: timer => clearTimeout(timer),
}

export const sleep = (clock: Clock, ms: number) =>
  new Promise<void>(resolve => {
    clock.setTimeout(resolve, ms)
  })
