/** A loop that looks for work: again at once while there is some, else after a pause that anybody may cut short. */

export interface PollingLoop {
  /** Looks now; while it is looking, once more after that. */
  wake: () => void
  /** Resolves when the round under way is over; there is no other. */
  stop: () => Promise<void>
}

/** `round` answers whether there may be more to do at once. */
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
