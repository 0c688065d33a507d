/** Films whose titles match what is typed so far, `none` if there are none; only the answer to the newest request counts. */
import type { Movie } from '~/shared/types/review'

const PAUSE_MS = 150

export function useFilmSearch() {
  const films = shallowRef<Movie[]>([])
  const none = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0
  function look(typed: string) {
    clearTimeout(timer)
    const mine = ++turn
    none.value = false
    if (!typed.trim()) {
      films.value = []
      return
    }
    timer = setTimeout(async () => {
      const found = await callApi<Movie[]>('/api/movies/lookup', {
        query: { q: typed.slice(0, 200) },
      }).catch(() => undefined)
      if (mine !== turn) return
      films.value = found ?? []
      none.value = found?.length === 0
    }, PAUSE_MS)
  }
  function close() {
    turn++
    clearTimeout(timer)
    films.value = []
  }
  onBeforeUnmount(close)
  return { films, none, look, close }
}
