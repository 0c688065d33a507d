/** What Publish would do now, asked again whenever the server has a newer text. */
import type { Foreseen } from '~/shared/types/desk'

const PAUSE_MS = 400

export function useForeseen(reviewId: string, version: () => unknown) {
  const foreseen = ref<Foreseen>(), failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined, asked = 0
  async function ask() {
    const turn = ++asked
    try {
      const answer: Foreseen = await $fetch(`/api/reviews/${reviewId}/preview`, { method: 'POST', body: {} })
      if (turn === asked) { foreseen.value = answer; failed.value = false }
    } catch {
      if (turn === asked) failed.value = true
    }
  }
  onMounted(ask)
  watch(version, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), PAUSE_MS)
  })
  onBeforeUnmount(() => clearTimeout(timer))
  return { foreseen, failed }
}
