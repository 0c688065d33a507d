/** The critic's choices for each part of one review, kept in this browser until the review is published, so that a reload loses nothing. */
import type { ShownPartChoices } from '~/shared/types/desk'

export function usePartChoices(reviewId: string, isOut: () => boolean) {
  const choices = ref<ShownPartChoices>({})
  const key = `mymovies:parts:${reviewId}`
  onMounted(() => {
    choices.value =
      ignoreErrors(() => JSON.parse(localStorage.getItem(key) ?? '{}') as ShownPartChoices) ?? {}
    watch(
      [choices, isOut],
      () =>
        ignoreErrors(() => {
          if (isOut() || !Object.keys(choices.value).length) localStorage.removeItem(key)
          else localStorage.setItem(key, JSON.stringify(choices.value))
        }),
      { immediate: true },
    )
  })
  return choices
}
