/** Reads replies for the page of their review, and for the editors. */
import type { Replies, Reply } from '../../../../shared/schemas/replies'
import type { DeskReplies, DeskReply } from '../../../../shared/types/desk-replies'
import { settings } from '../../../config/settings'
import { appReadOnly } from '../../../db/open'
import { reviewsById } from '../../../queries/review'
import type { Views } from '../../../queries/tables'
import { federates } from '../federates'
import { listBlocks } from './blocks'
import type { ReplyRow } from './store'

const MOST = 200
const AT_ONCE = 50

const isOpen = () => federates() && settings().fediverseReplies

/** Nothing where replies are switched off. */
export async function repliesTo(reviewId: string): Promise<Replies> {
  if (!isOpen()) return { open: false, likes: 0, shares: 0, items: [] }
  const rows = await appReadOnly()
    .selectFrom('fediverse_replies')
    .selectAll()
    .where('review_id', '=', reviewId)
    .where('hidden_at', 'is', null)
    .orderBy('published_at')
    .limit(MOST)
    .execute()
  const counts = await appReadOnly()
    .selectFrom('fediverse_reactions')
    .select(['kind', eb => eb.fn.countAll<number>().as('n')])
    .where('review_id', '=', reviewId)
    .groupBy('kind')
    .execute()
  const count = (kind: string) => Number(counts.find(row => row.kind === kind)?.n ?? 0)
  return { open: true, likes: count('like'), shares: count('share'), items: rows.map(shown) }
}

/** Newest first; `before` (ms) is the cursor of an earlier answer. */
export async function deskReplies(views: Views, before?: number): Promise<DeskReplies> {
  const rows = await appReadOnly()
    .selectFrom('fediverse_replies')
    .selectAll()
    .$if(before !== undefined, all => all.where('received_at', '<', before!))
    .orderBy('received_at', 'desc')
    .limit(AT_ONCE)
    .execute()
  const ids = [...new Set(rows.map(row => row.review_id))]
  const reviews = await reviewsById(views, settings().siteUrl, ids)
  const blocks = await listBlocks()
  return {
    open: isOpen(),
    items: rows.flatMap(row => {
      const review = reviews.find(({ id }) => id === row.review_id)
      // Of a review that is archived, its replies are shown nowhere.
      return review ? [deskReply(row, review)] : []
    }),
    blocks: blocks.map(block => ({ ...block, at: new Date(block.at).toISOString() })),
    next: rows.length === AT_ONCE ? String(rows.at(-1)!.received_at) : null,
  }
}

const deskReply = (row: ReplyRow, { id, title, slug }: DeskReply['review']): DeskReply => ({
  ...shown(row),
  hidden: row.hidden_at !== null,
  host: row.host,
  review: { id, title, slug },
})

const shown = ({ id, url, name, handle, tree, published_at }: ReplyRow): Reply => ({
  id,
  url,
  name,
  handle,
  tree: JSON.parse(tree),
  publishedAt: new Date(published_at).toISOString(),
})
