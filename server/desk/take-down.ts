/**
 * Takes a poster down for good: no review shows it any more, its files are deleted, and it cannot
 * be uploaded again.
 */
import { posterId } from '../../shared/poster-id'
import { useLog } from '../log'
import { load } from '../log/handle-command'
import { removeUpload } from '../media/uploads/remove'
import { isRemoved } from '../media/uploads/row'
import { postersOf, reviewsShowing } from '../queries/posters'
import { useViews } from '../queries/views'
import { type Actor, runCommand } from './review-commands'

/** `id` is the upload's name without its ending. Can be repeated after a crash. */
export async function takeDownPoster(id: string, actor: Actor) {
  await removeUpload(id)
  for (const reviewId of await reviewsShowing(useViews(), id))
    await withoutPoster(reviewId, id, actor)
}

/** The posters of a review that was archived for good, unless another review shows them. */
export async function takeDownPostersOf(reviewId: string) {
  const views = useViews()
  for (const id of await postersOf(views, reviewId))
    if (!(await reviewsShowing(views, id)).length) await removeUpload(id)
}

/** For a review that was archived while its poster was taken down, and is public again. */
export async function withoutRemovedPoster(reviewId: string, actor: Actor) {
  const { poster } = (await load(useLog(), reviewId)).state.content?.movie ?? {}
  const id = poster && posterId(poster.url)
  if (id && (await isRemoved(id))) await withoutPoster(reviewId, id, actor)
}

/** Fixes a published review that shows this poster; any other is left as it is. */
async function withoutPoster(reviewId: string, id: string, actor: Actor) {
  const { state } = await load(useLog(), reviewId)
  const { movie } = state.content ?? {}
  if (state.status !== 'published' || !movie?.poster || posterId(movie.poster.url) !== id) return
  const { poster: _, ...changed } = movie
  await runCommand(reviewId, actor, () => ({
    type: 'FixReview',
    data: { changes: { movie: changed } },
    now: new Date().toISOString(),
  }))
}
