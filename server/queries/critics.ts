/** The critics who have a shown review. */
import { sql } from 'kysely'
import { z } from 'zod'
import type { CriticEntry } from '../../shared/types/reading'
import { criticIdOf, criticSlugs, noSuchCritic } from './critic-slugs'
import { cursorOf, readKey } from './cursor'
import type { PageFilter } from './list-filter'
import type { Views } from './tables'
import { type Window, windowOf } from './window'

const MOST = 100

const entries = (views: Views) =>
  views
    .selectFrom('latest_reviews')
    .select('critic_id as id')
    .select(eb => [
      sql<string>`json_extract(card, '$.critic.name')`.as('name'), // with one max(), SQLite takes bare columns from the row that has it
      eb.fn.countAll<number>().as('reviews'),
      eb.fn.max('published_at').as('newest'),
    ])
    .where('shown', '=', 1)
    .groupBy('critic_id')

/** The critic of the newest review comes first. */
export async function listCritics(views: Views): Promise<CriticEntry[]> {
  const { byId } = await criticSlugs(views)
  const critics = await entries(views).orderBy('newest', 'desc').execute()
  return critics.map(critic => ({ ...critic, slug: byId.get(critic.id)! }))
}

/** Those of these critics who have a shown review. */
export async function criticsById(views: Views, ids: string[]): Promise<CriticEntry[]> {
  const { byId } = await criticSlugs(views)
  const critics = await entries(views).where('critic_id', 'in', ids).execute()
  return critics.map(critic => ({ ...critic, slug: byId.get(critic.id)! }))
}

/** When the walk through the pages began; what the last critic was sorted by; their id. */
const PLACE = z.tuple([z.string(), z.string(), z.string()])

/**
 * In the order of their newest reviews as it was when the walk began, also of those archived since:
 * a critic who publishes meanwhile keeps the place, and nobody is skipped or listed twice.
 */
export async function pageOfCritics(
  views: Views,
  { after, limit }: PageFilter,
): Promise<{ items: CriticEntry[]; next?: string }> {
  const [began, lastAt, lastId] = after ? readKey(after, PLACE) : []
  const ranks = await ranksOf(views, began)
  const all = new Map((await listCritics(views)).map(critic => [critic.id, critic]))
  const isLater = ({ id, at }: { id: string; at: string }) =>
    lastAt === undefined || at < lastAt || (at === lastAt && id > lastId!)
  const left = ranks.filter(({ id }) => all.has(id)).filter(isLater)
  const page = left.slice(0, limit ?? (after ? MOST : left.length))
  const last = page.at(-1)
  return {
    items: page.map(({ id }) => all.get(id)!),
    ...(last &&
      page.length < left.length && { next: cursorOf([began ?? ranks[0]!.at, last.at, last.id]) }),
  }
}

interface Rank {
  id: string
  at: string
}

/** By their newest review, the newest first, of those up to the time when the walk began. */
const ranksOf = (views: Views, began: string | undefined): Promise<Rank[]> =>
  views
    .selectFrom('latest_reviews')
    .select('critic_id as id')
    .select(eb => eb.fn.max('published_at').as('at'))
    .$if(began !== undefined, query => query.where('published_at', '<=', began!))
    .groupBy('critic_id')
    .orderBy('at', 'desc')
    .orderBy('id')
    .execute()

/** In the same order, with their cursors. */
export async function criticWindow(
  views: Views,
  window: Window,
): Promise<{ critic: CriticEntry; cursor: string }[]> {
  const place = window.after ?? window.before
  const [began] =
    place === undefined ? [] : readKey(place, PLACE, window.after ? 'after' : 'before')
  const ranks = await ranksOf(views, began)
  const all = new Map((await listCritics(views)).map(critic => [critic.id, critic]))
  const shown = windowOf(
    ranks.filter(({ id }) => all.has(id)),
    window,
    (cursor, field) => {
      const [, at, id] = readKey(cursor, PLACE, field)
      return rank => at.localeCompare(rank.at, 'en') || rank.id.localeCompare(id, 'en')
    },
  )
  return shown.map(({ id, at }) => ({
    critic: all.get(id)!,
    cursor: cursorOf([began ?? ranks[0]!.at, at, id]),
  }))
}

/** By id or slug. Throws a 404 unless a review of theirs is shown. */
export async function criticAt(views: Views, asked: string): Promise<CriticEntry> {
  const id = await criticIdOf(views, asked)
  const [critic] = await criticsById(views, [id])
  return critic ?? noSuchCritic()
}
