/** A sentence for a status region: follows its source, but changes at most once in `ms`, so that a screen reader is not talked over. Empty until the page is alive: a region that comes with its words is not read out. */
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
