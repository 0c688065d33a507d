/** The addresses of critics: their names, with a number appended where an earlier critic has the same. */
import { slugOf } from '../../shared/slug'
import type { Card, Critic } from '../../shared/types/review'
import { problem } from '../http/problem'
import type { Views } from './tables'
import { useViews } from './views'

interface Slugs {
  byId: ReadonlyMap<string, string>
  bySlug: ReadonlyMap<string, string>
}

/** Critics are only ever added, and never change places, so their number tells whether this is current. */
const known = new WeakMap<Views, { critics: number; slugs: Slugs }>()

/** A page of reviews asks for each of them at the same moment, and shares one answer. */
const underWay = new WeakMap<Views, Promise<Slugs>>()

export function criticSlugs(views: Views): Promise<Slugs> {
  const asked = underWay.get(views)
  if (asked) return asked
  const read = readSlugs(views).finally(() => underWay.delete(views))
  underWay.set(views, read)
  return read
}

async function readSlugs(views: Views): Promise<Slugs> {
  const { critics } = await views
    .selectFrom('critics')
    .select(eb => eb.fn.countAll<number>().as('critics'))
    .executeTakeFirstOrThrow()
  const last = known.get(views)
  if (last?.critics === critics) return last.slugs
  const rows = await views
    .selectFrom('critics')
    .select(['id', 'name'])
    .orderBy('position')
    .execute()
  const slugs = assign(rows)
  known.set(views, { critics: rows.length, slugs })
  return slugs
}

/**
 * A card or a review with the address of its critic's page; also of one whose first review the read
 * models do not show yet, because a notice may leave before that.
 */
export async function withCriticSlug<Signed extends { critic: Critic }>(
  views: Views,
  signed: Signed,
): Promise<Signed> {
  const slugs = await criticSlugs(views)
  const slug = slugs.byId.get(signed.critic.id) ?? freeSlug(signed.critic, slugs)
  return { ...signed, critic: { ...signed.critic, slug } }
}

/** The same for a card, from this process's read models. */
export const signedCard = (card: Card) => withCriticSlug(useViews(), card)

/** The id of the critic with this id or slug, whatever its case and accents. Throws a 404 if there is none. */
export async function criticIdOf(views: Views, asked: string): Promise<string> {
  const { byId, bySlug } = await criticSlugs(views)
  if (byId.has(asked)) return asked
  return bySlug.get(slugOf(asked)) ?? noSuchCritic()
}

export const noSuchCritic = () =>
  problem(404, 'No such critic', 'No critic with a published review has this id or slug.')

function assign(critics: { id: string; name: string }[]): Slugs {
  const byId = new Map<string, string>()
  const bySlug = new Map<string, string>()
  const ids = new Map(critics.map(({ id }) => [id, id]))
  for (const critic of critics) {
    const slug = freeSlug(critic, { byId: ids, bySlug })
    byId.set(critic.id, slug)
    bySlug.set(slug, critic.id)
  }
  return { byId, bySlug }
}

/** Nobody's slug is somebody else's id. */
function freeSlug({ id, name }: { id: string; name: string }, { byId, bySlug }: Slugs): string {
  const base = slugOf(name)
  const isTaken = (slug: string) => bySlug.has(slug) || (slug !== id && byId.has(slug))
  let slug = base
  for (let n = 2; isTaken(slug); n++) slug = `${base}-${n}`
  return slug
}
