/** When to save: soon after typing stops, at the latest after a few seconds; after failures with growing delays. */
const LONGEST_PAUSE_MS = 3000
const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 30_000

export function createSaveTimer(save: () => void, pauseMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let firstUnsaved = 0
  let tries = 0

  function start(ms: number) {
    stop()
    timer = setTimeout(save, ms)
  }

  function stop() {
    clearTimeout(timer)
  }

  return {
    stop,
    afterTyping() {
      firstUnsaved ||= Date.now()
      start(Math.max(0, Math.min(pauseMs, firstUnsaved + LONGEST_PAUSE_MS - Date.now())))
    },
    afterFailure() {
      start(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** tries++))
    },
    /** The server could not be reached: try again. */
    isRetrying: () => tries > 0,
    /** Everything typed since the last save was undone. */
    nothingTyped() {
      firstUnsaved = 0
      stop()
    },
    saved() {
      tries = 0
      firstUnsaved = 0
    },
  }
}
