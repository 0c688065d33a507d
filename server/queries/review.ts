/** One review by its id or slug, as the public may see it. */
import { slugWords } from '../../shared/slug'
import type { Archived, PublicReview } from '../../shared/types/review'
import type { Modified } from '../http/answer/representation'
import { archivedNotice, publicReview } from '../review/public-review'
import type { ReviewState } from '../review/review'
import { criticSlugs } from './critic-slugs'
import { erasedSlug } from './erased-slug'
import type { Views } from './tables'

/**
 * `archived`: it was published once and is public no more. Undefined: no such review, or a draft.
 */
export type Found =
  | { review: PublicReview; archived?: undefined }
  | { archived: Archived; review?: undefined }
  | undefined

/** A slug may come in capitals or with accents. */
export async function reviewBySlugOrId(
  views: Views,
  siteUrl: string,
  idOrSlug: string,
): Promise<Found> {
  const slugs = [idOrSlug, slugWords(idOrSlug)]
  const row =
    (await rowOf(views, idOrSlug, slugs)) ?? (await rowOf(views, idOrSlug, slugs.map(erasedSlug)))
  if (!row) return undefined
  const state: ReviewState = JSON.parse(row.state)
  const gone = archivedNotice(state, siteUrl)
  if (gone) return { archived: gone }
  const review = publicReview(state, siteUrl)
  return review && { review: signed(review, await criticSlugs(views)) }
}

const rowOf = (views: Views, idOrSlug: string, slugs: string[]) =>
  views
    .selectFrom('reviews')
    .select('state')
    .where(eb => eb.or([eb('slug', 'in', slugs), eb('id', '=', idOrSlug)]))
    .where('status', 'in', ['published', 'archived'])
    .orderBy(eb => eb('slug', '=', idOrSlug), 'desc')
    .executeTakeFirst()

/** When the review itself last changed. */
export function changeOf({ publishedAt, fixedAt, correctedAt }: PublicReview): Modified {
  const [newest, before] = [publishedAt, fixedAt, correctedAt]
    .flatMap(at => at ?? [])
    .sort()
    .reverse()
  const isSameSecond = newest!.slice(0, 19) === before?.slice(0, 19)
  return { at: new Date(newest!), ambiguous: isSameSecond }
}

/** Published ones only, in the order of the ids. */
export async function reviewsById(
  views: Views,
  siteUrl: string,
  ids: string[],
): Promise<PublicReview[]> {
  if (!ids.length) return []
  const rows = await views
    .selectFrom('reviews')
    .select('state')
    .where('id', 'in', ids)
    .where('status', '=', 'published')
    .execute()
  const slugs = await criticSlugs(views)
  const found = rows
    .map(row => publicReview(JSON.parse(row.state) as ReviewState, siteUrl))
    .filter(review => review !== undefined)
  return found
    .map(review => signed(review, slugs))
    .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/** The slugs of these reviews; none as long as the read models have not passed `position`. */
export async function slugsById(
  views: Views,
  ids: string[],
  position: number,
): Promise<Map<string, string>> {
  const { behind } = await views
    .selectFrom('checkpoints')
    .select(eb => eb.fn.min('position').as('behind'))
    .executeTakeFirstOrThrow()
  if (Number(behind) < position) return new Map()
  const rows = await views
    .selectFrom('reviews')
    .select(['id', 'slug'])
    .where('id', 'in', ids)
    .where('slug', 'is not', null)
    .execute()
  return new Map(rows.map(({ id, slug }) => [id, slug!]))
}

/** With the address of its critic's page. */
const signed = (
  review: PublicReview,
  { byId }: Awaited<ReturnType<typeof criticSlugs>>,
): PublicReview => ({
  ...review,
  critic: { ...review.critic, slug: byId.get(review.critic.id) },
})
