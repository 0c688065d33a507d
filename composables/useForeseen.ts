/** What Publish would do now, asked again whenever the server has a newer text or the critic chose otherwise. */
import type { Foreseen, PartChoices } from '~/shared/types/desk'

const PAUSE_MS = 400

export function useForeseen(reviewId: string, version: () => unknown, choices: Ref<PartChoices>) {
  const foreseen = ref<Foreseen>()
  const failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  async function ask() {
    const turn = ++asked
    try {
      const answer: Foreseen = await callApi(`/api/reviews/${reviewId}/preview`, {
        method: 'POST',
        body: { parts: wordsOf(choices.value) },
      })
      if (turn === asked) {
        foreseen.value = answer
        failed.value = false
      }
    } catch {
      if (turn === asked) failed.value = true
    }
  }
  onMounted(ask)
  watch([version, choices], () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), PAUSE_MS)
  })
  onBeforeUnmount(() => clearTimeout(timer))
  return { foreseen, failed }
}

/** A part that is switched off is asked about all the same: its words are there when it comes back. */
const wordsOf = (choices: PartChoices) =>
  Object.fromEntries(Object.entries(choices).filter(([, choice]) => choice && choice.text.trim()))
