/**
 * A loop that looks for work: again at once while there is some, otherwise after a pause that
 * `wake` cuts short.
 */

export interface PollingLoop {
  /** Looks for work now; if a round is under way, once more after it. */
  wake: () => void
  /** Resolves when the round under way is over; no other follows. */
  stop: () => Promise<void>
}

/** `round` returns whether there may be more to do at once. */
export function startPolling(round: () => Promise<boolean>, everyMs: number): PollingLoop {
  let stopping = false
  let isWoken = false
  let endPause = () => {}

  const pause = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, everyMs)
      endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function loop() {
    while (!stopping) {
      isWoken = false
      const more = await round()
      if (!more && !isWoken && !stopping) await pause()
    }
  }

  const running = loop()
  const wake = () => {
    isWoken = true
    endPause()
  }
  return {
    wake,
    stop: async () => {
      stopping = true
      wake()
      await running
    },
  }
}
