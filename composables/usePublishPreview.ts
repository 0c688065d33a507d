/** What Publish would do now, asked again whenever the server has a newer text or the critic chose otherwise. */
import type { PublishPreview, ShownPartChoices } from '~/shared/types/desk'

const PAUSE_MS = 400

export function usePublishPreview(
  reviewId: string,
  version: () => unknown,
  choices: Ref<ShownPartChoices>,
) {
  const foreseen = ref<PublishPreview>()
  const failed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  async function ask() {
    const turn = ++asked
    try {
      const answer: PublishPreview = await callApi(`/api/reviews/${reviewId}/preview`, {
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
const wordsOf = (choices: ShownPartChoices) =>
  Object.fromEntries(Object.entries(choices).filter(([, choice]) => choice && choice.text.trim()))
