/** A slug belongs to one review for ever; a second review of the same title gets a number at its end. */
import type { Kysely } from 'kysely'
import { slugOf } from '../../../shared/slug'
import type { AppTables } from '../../db/schema'

/** The same slug again where the review holds one of that title already. `reader` may be a read-only connection. */
export async function reserveSlug(
  app: Kysely<AppTables>,
  reviewId: string,
  title: string,
  reader = app,
): Promise<string> {
  const base = slugOf(title)
  const held = await reader
    .selectFrom('slugs')
    .select('slug')
    .where('review_id', '=', reviewId)
    .execute()
  const fits = held.find(
    ({ slug }) =>
      slug === base || (slug.startsWith(`${base}-`) && /^\d+$/.test(slug.slice(base.length + 1))),
  )
  if (fits) return fits.slug
  for (let n = 1; ; n++) {
    const slug = n === 1 ? base : `${base}-${n}`
    const taken = await app
      .insertInto('slugs')
      .values({ slug, review_id: reviewId })
      .onConflict(conflict => conflict.doNothing())
      .returning('slug')
      .executeTakeFirst()
    if (taken) return slug
  }
}
