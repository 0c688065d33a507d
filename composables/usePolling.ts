/** Keeps a desk page up to date: asks again after `every()` ms, pauses while the page is hidden, and asks at once when it becomes visible. */
export function usePolling(ask: () => Promise<unknown>, every: () => number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let gone = false

  async function round() {
    await ask()
    clearTimeout(timer)
    if (!gone && document.visibilityState === 'visible') timer = setTimeout(round, every())
  }
  function seen() {
    clearTimeout(timer)
    if (document.visibilityState === 'visible') void round()
  }

  onMounted(() => {
    timer = setTimeout(round, every())
    document.addEventListener('visibilitychange', seen)
  })
  onBeforeUnmount(() => {
    gone = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', seen)
  })
}
