/** Who can be followed here: every critic who ever published, and the publication itself. */
import { criticPath } from '../../../shared/page-paths'
import { criticSlugs } from '../../queries/critic-slugs'
import type { Views } from '../../queries/tables'
import { SITE, SITE_HANDLE } from './addresses'

/** `handle` is what stands before `@HOST`; `path` that of its page. */
export interface OurActor {
  id: string
  handle: string
  name: string
  path: string
}

const PUBLICATION: OurActor = { id: SITE, handle: SITE_HANDLE, name: 'MyMovies', path: '/' }

export async function actorById(views: Views, id: string): Promise<OurActor | undefined> {
  if (id === SITE) return PUBLICATION
  const critic = await views
    .selectFrom('critics')
    .select('name')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!critic) return undefined
  const slug = (await criticSlugs(views)).byId.get(id)!
  return { id, handle: handleOf(slug, id), name: critic.name, path: criticPath(slug) }
}

/** The publication first. */
export async function everyActor(views: Views): Promise<OurActor[]> {
  const critics = await views.selectFrom('critics').select('id').orderBy('position').execute()
  const actors = await Promise.all(critics.map(({ id }) => actorById(views, id)))
  return [PUBLICATION, ...actors.filter(actor => actor !== undefined)]
}

/** Handles are compared without regard to case. */
export async function actorByHandle(views: Views, handle: string): Promise<OurActor | undefined> {
  const wanted = handle.toLowerCase()
  if (wanted === SITE_HANDLE) return PUBLICATION
  const { byId, bySlug } = await criticSlugs(views)
  const id =
    bySlug.get(wanted) ??
    [...byId].find(([critic, slug]) => handleOf(slug, critic).toLowerCase() === wanted)?.[0]
  const actor = id === undefined ? undefined : await actorById(views, id)
  return actor?.handle.toLowerCase() === wanted ? actor : undefined
}

/**
 * The slug, except where the most common servers would refuse it (they take ASCII letters, digits, "_", and "-" or
 * "." between them) or it is the publication's; then a name made from the id.
 */
const handleOf = (slug: string, id: string) =>
  /^\w+(?:[.-]+\w+)*$/.test(slug) && slug !== SITE_HANDLE
    ? slug
    : `critic_${id.replaceAll(/\W/g, '').slice(-12)}`
