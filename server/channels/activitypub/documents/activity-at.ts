/** The activity at one of our addresses, as it was sent; its review as it may be shown now. */
import { settings } from '../../../config/settings'
import { problem } from '../../../http/problem'
import { useLog } from '../../../log'
import { reviewBySlugOrId } from '../../../queries/review'
import type { Views } from '../../../queries/tables'
import { announce, create, remove, update } from './activities'
import { lastRestore } from './article-id'
import { type Document, withContext } from './context'

const noSuchActivity = () =>
  problem(404, 'No such activity', 'Nothing that is public happened at this position.')

/** Throws a 404 for what was never public, and for what is public no more. */
export async function activityAt(
  views: Views,
  position: number,
  isAnnounce: boolean,
): Promise<Document> {
  const [event] = await useLog().read({ after: position - 1, limit: 1 })
  if (event?.position !== position) return noSuchActivity()
  const found = await reviewBySlugOrId(views, settings().siteUrl, event.data.id)
  const restored = await lastRestore(event.data.id)
  const at = { position, restored }
  if (found?.archived)
    return event.type === 'ReviewArchived' && !isAnnounce
      ? withContext(remove(found.archived, found.archived.archivedAt, at))
      : noSuchActivity()
  if (!found || event.type === 'ReviewArchived') return noSuchActivity()
  if (event.type === 'ReviewFixed' || event.type === 'ReviewCorrected')
    return isAnnounce ? noSuchActivity() : withContext(update(found.review, at))
  if (event.type !== 'ReviewPublished' && event.type !== 'ReviewRestored') return noSuchActivity()
  return withContext(isAnnounce ? announce(found.review, at) : create(found.review, at))
}
