/** Puts the ids of critics for their slugs in what a reader wants, since an id outlives a name. */
import { slugOf } from '../../shared/slug'
import type { Wants } from '../../shared/types/wants'
import { criticSlugs } from '../queries/critic-slugs'
import { useViews } from '../queries/views'

/** A critic whom nobody knows yet stays as given: they may publish their first review tomorrow. */
export async function withCriticIds(wants: Wants): Promise<Wants> {
  if (!wants.critics?.length) return wants
  const { byId, bySlug } = await criticSlugs(useViews())
  const idOf = (critic: string) =>
    byId.has(critic) ? critic : (bySlug.get(slugOf(critic)) ?? critic)
  return { ...wants, critics: [...new Set(wants.critics.map(idOf))] }
}
