/**
 * Reserves slugs: one belongs to its review for ever, and a second review with the same title gets
 * a number appended.
 */
import type { Kysely } from 'kysely'
import { slugOf } from '../../../shared/slug'
import type { AppTables } from '../../db/schema'
import { erasedSlug } from '../../queries/erased-slug'

/**
 * Returns the same slug again if the review already holds one for that title. `reader` may be a
 * read-only connection.
 */
export async function reserveSlug(
  app: Kysely<AppTables>,
  reviewId: string,
  title: string,
  reader = app,
): Promise<string> {
  const held = await heldSlug(reader, reviewId, title)
  if (held) return held
  for (let n = 1; ; n++) {
    const slug = numbered(title, n)
    if (await wasErased(reader, slug)) continue
    const taken = await app
      .insertInto('slugs')
      .values({ slug, review_id: reviewId })
      .onConflict(conflict => conflict.doNothing())
      .returning('slug')
      .executeTakeFirst()
    if (taken) return slug
  }
}

/** The slug that the review would be given now; nothing is reserved. */
export async function nextSlug(
  reader: Kysely<AppTables>,
  reviewId: string,
  title: string,
): Promise<string> {
  const held = await heldSlug(reader, reviewId, title)
  if (held) return held
  for (let n = 1; ; n++) {
    const slug = numbered(title, n)
    const taken = await reader
      .selectFrom('slugs')
      .select('slug')
      .where('slug', 'in', [slug, erasedSlug(slug)])
      .executeTakeFirst()
    if (!taken) return slug
  }
}

/** The address of an erased review is not given to another. */
const wasErased = async (reader: Kysely<AppTables>, slug: string): Promise<boolean> =>
  (await reader
    .selectFrom('slugs')
    .select('slug')
    .where('slug', '=', erasedSlug(slug))
    .executeTakeFirst()) !== undefined

const numbered = (title: string, n: number) => (n === 1 ? slugOf(title) : `${slugOf(title)}-${n}`)

async function heldSlug(
  reader: Kysely<AppTables>,
  reviewId: string,
  title: string,
): Promise<string | undefined> {
  const base = slugOf(title)
  const held = await reader
    .selectFrom('slugs')
    .select('slug')
    .where('review_id', '=', reviewId)
    .execute()
  return held.find(
    ({ slug }) =>
      slug === base || (slug.startsWith(`${base}-`) && /^\d+$/.test(slug.slice(base.length + 1))),
  )?.slug
}
