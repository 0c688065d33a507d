/**
 * Finds the reviews that match a reader's search, best first; if none does, suggests the word that
 * was perhaps meant.
 */
import type { SearchAnswer } from '../../shared/types/reading'
import { matching } from '../read-models/full-text'
import { criticSlugs } from './critic-slugs'
import { publicCard } from './latest'
import type { Views } from './tables'
import { textQuery, wordsOf } from './text-query'

const MOST = 50
const MOST_NAMES = 5000

export async function search(views: Views, siteUrl: string, q: string): Promise<SearchAnswer> {
  const ids = await matching(views, 'search', textQuery(q), MOST)
  if (!ids.length) return { items: [], meant: await perhapsMeant(views, q) }
  const rows = await views
    .selectFrom('latest_reviews')
    .select(['id', 'card'])
    .where('id', 'in', ids)
    .where('shown', '=', 1)
    .execute()
  const { byId } = await criticSlugs(views)
  return {
    items: rows
      .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
      .map(row => publicCard(row.card, siteUrl, byId)),
  }
}

/** The nearest word, at most two typos away, among titles, films, critics and tags. */
async function perhapsMeant(views: Views, q: string): Promise<SearchAnswer['meant']> {
  const typed = wordsOf(q).at(-1)
  if (!typed || typed.length < 4) return undefined
  const rows = await views
    .selectFrom('search')
    .select(['title', 'film', 'critic', 'tags'])
    .where('shown', '=', 1)
    .limit(MOST_NAMES)
    .execute()
  const spelt = new Map(
    rows
      .flatMap(row => Object.values(row).flatMap(text => text.match(/[\p{L}\p{N}]+/gu) ?? []))
      .map(word => [word.toLowerCase(), word]),
  )
  const near = [...spelt.keys()]
    .map(word => ({ word, slips: slips(typed, word) }))
    .filter(({ slips }) => slips <= 2)
    .sort((a, b) => a.slips - b.slips)[0]
  if (!near) return undefined
  return {
    word: spelt.get(near.word)!,
    reviews: (await matching(views, 'search', textQuery(near.word), MOST)).length,
  }
}

/**
 * How many letters to add, drop, change or swap with a neighbour (optimal string alignment); may
 * stop at 3.
 */
export function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(
        rows[i - 1]![j]! + 1,
        row[j - 1]! + 1,
        rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
