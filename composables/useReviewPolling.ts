/** Tells the writing page what happened to its review elsewhere: it was published on schedule, or changed in another window. */
import type { DeskReview } from '~/shared/types/desk'
import type { Autosave } from '~/utils/autosave'

const CALM_MS = 10_000
const SOON_MS = 1000

/** Only the status of the review is updated here; text that somebody else changed is merged when ours is saved. */
export function useReviewPolling(
  review: Ref<DeskReview>,
  { autosave, busy }: { autosave: Autosave; busy: Ref<boolean> },
) {
  const isDue = () =>
    review.value.schedule && Date.parse(review.value.schedule.at) < Date.now() + CALM_MS
  const statusOf = ({ status, schedule, archived }: DeskReview) =>
    JSON.stringify([status, schedule?.at, schedule?.timeZone, archived?.at])

  async function look() {
    if (busy.value) return
    const now: DeskReview | undefined = await callApi<DeskReview>(
      `/api/desk/reviews/${review.value.id}`,
    ).catch(() => undefined)
    if (
      !now ||
      busy.value ||
      now.version < autosave.version() ||
      statusOf(now) === statusOf(review.value)
    )
      return
    review.value = now
    await autosave.meet(currentOf({ ...now.content, version: now.version }))
  }
  usePolling(look, () => (isDue() ? SOON_MS : CALM_MS))
}
