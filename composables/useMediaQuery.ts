/** Whether a media query holds, also after the window has changed; false until the page is mounted. */
export function useMediaQuery(query: string) {
  const holds = ref(false)
  let list: MediaQueryList | undefined
  const look = () => {
    holds.value = list?.matches ?? false
  }
  onMounted(() => {
    list = matchMedia(query)
    list.addEventListener('change', look)
    look()
  })
  onBeforeUnmount(() => list?.removeEventListener('change', look))
  return holds
}
