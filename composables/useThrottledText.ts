/** Text for a status region: follows its source, but changes at most once in `ms`, so that a screen reader can finish. It is empty until the page is mounted, because text that is there from the start is not announced. */
export function useThrottledText(source: () => string, ms = 5000) {
  const said = ref('')
  let last = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const say = () => {
    timer = undefined
    last = Date.now()
    said.value = source()
  }
  watch(source, () => {
    timer ??= setTimeout(say, Math.max(0, last + ms - Date.now()))
  })
  onMounted(say)
  onBeforeUnmount(() => clearTimeout(timer))
  return said
}
