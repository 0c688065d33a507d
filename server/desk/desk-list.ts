/** Lists the reviews on the desk, most recently changed first. */
import type { DeskItem } from '../../shared/types/desk'
import { appReadOnly } from '../db/open'
import { useViews } from '../queries/views'
import type { ReviewState } from '../review/review'
import { overlay, pending, publishedContent } from './working-copy/content'
import { allDiscarded } from './working-copy/discarded'

const MOST = 2000

/**
 * Without a `criticId`, those of all critics. A discarded draft has the status "discarded" here.
 */
export async function deskList(criticId?: string): Promise<DeskItem[]> {
  const rows = await useViews()
    .selectFrom('reviews')
    .select(['id', 'state'])
    .$if(criticId !== undefined, q => q.where('critic_id', '=', criticId!))
    .orderBy('position', 'desc')
    .limit(MOST)
    .execute()
  const copies = await appReadOnly()
    .selectFrom('working_copies')
    .select(['review_id', 'fields', 'updated_at'])
    .$if(criticId !== undefined, q => q.where('critic_id', '=', criticId!))
    .execute()
  const discarded = await allDiscarded(appReadOnly())
  const copyOf = new Map(copies.map(copy => [copy.review_id, copy]))
  return rows
    .map(({ id, state }) => itemOf(id, JSON.parse(state), copyOf.get(id)))
    .map(item =>
      item.status === 'draft' && discarded.has(item.id) ? { ...item, status: 'discarded' } : item,
    )
    .sort((a, b) => b.touchedAt.localeCompare(a.touchedAt))
}

function itemOf(
  id: string,
  state: ReviewState,
  copy: { fields: string; updated_at: number } | undefined,
): DeskItem {
  const published = publishedContent(state)
  const fields = copy ? JSON.parse(copy.fields) : {}
  const { title = '', movie, rating } = overlay(published, fields)
  const times = [
    state.publishedAt,
    state.fixedAt,
    state.corrections.at(-1)?.at,
    state.archived?.at,
    copy && new Date(copy.updated_at).toISOString(),
  ].filter(at => at !== undefined)
  return {
    id,
    status: state.status,
    title,
    ...(movie && { movie: { title: movie.title, year: movie.year } }),
    rating,
    critic: state.critic.name,
    slug: state.slug,
    touchedAt: times.sort().at(-1) ?? '',
    scheduledFor: state.schedule?.at,
    timeZone: state.schedule?.timeZone,
    refused: state.refused?.reason,
    unpublishedChanges:
      state.content !== undefined && Object.keys(pending(fields, published)).length > 0,
    sample: state.sample,
  }
}
