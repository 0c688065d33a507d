/** What Publish would do now, requested again whenever the server has newer text or the critic's choices change. */
import type { PublishPreview, ShownPartChoices } from '~/shared/types/desk'

const PAUSE_MS = 400

export function usePublishPreview(
  reviewId: string,
  version: () => unknown,
  choices: Ref<ShownPartChoices>,
) {
  const preview = ref<PublishPreview>()
  /** Why there is no preview now, in a sentence. */
  const failed = ref('')
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
        preview.value = answer
        failed.value = ''
      }
    } catch (error) {
      if (turn === asked) failed.value = whyNotAnswered(error)
    }
  }
  /** Somebody who was sent to sign in comes back. */
  const again = () => {
    if (failed.value) void ask()
  }
  onMounted(() => {
    void ask()
    addEventListener('focus', again)
  })
  watch([version, choices], () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), PAUSE_MS)
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    removeEventListener('focus', again)
  })
  return { preview, failed }
}

/** Parts that are switched off are requested too, so that their words are there when they are switched on again. */
const wordsOf = (choices: ShownPartChoices) =>
  Object.fromEntries(Object.entries(choices).filter(([, choice]) => choice && choice.text.trim()))
