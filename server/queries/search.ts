/**
 * Finds the reviews that match a reader's search, best first, with the words that matched; if none
 * does, suggests the word that was perhaps meant.
 */
import { foldForSearch, type Term } from '../../shared/search/tokens'
import type { SearchAnswer } from '../../shared/types/reading'
import { matching } from '../read-models/full-text'
import { criticSlugs } from './critic-slugs'
import { excerptOf } from './excerpt'
import { publicCard } from './latest'
import type { Views } from './tables'
import { textQuery, typedTerms } from './text-query'
import { nearestWord } from './typos'

const MOST = 50
const MOST_NAMES = 5000
/** Where the words that matched are looked for, the reviewer's own words first. */
const TEXTS = ['summary', 'body', 'title', 'film', 'critic', 'tags'] as const
type Text = (typeof TEXTS)[number]
/** A text with spoilers stays behind its notice, also where it was found. */
const TOLD = TEXTS.filter(text => text !== 'body')

export async function search(views: Views, siteUrl: string, q: string): Promise<SearchAnswer> {
  const terms = typedTerms(q)
  const ids = await bestMatches(views, terms)
  if (!ids.length) return { items: [], meant: await perhapsMeant(views, terms) }
  const { byId } = await criticSlugs(views)
  const rows = await views
    .selectFrom('latest_reviews')
    .innerJoin('search', 'search.id', 'latest_reviews.id')
    .select([
      'latest_reviews.id',
      'latest_reviews.card',
      ...TEXTS.map(text => `search.${text}` as const),
    ])
    .where('latest_reviews.id', 'in', ids)
    .where('latest_reviews.shown', '=', 1)
    .execute()
  return {
    items: rows
      .sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
      .map(row => {
        const card = publicCard(row.card, siteUrl, byId)
        return { ...card, excerpt: firstExcerpt(row, terms, card.spoiler ? TOLD : TEXTS) }
      }),
  }
}

/** Whole words before beginnings of words. */
async function bestMatches(views: Views, terms: Term[]): Promise<string[]> {
  const whole = await matching(views, 'search', textQuery(terms, false), MOST)
  if (whole.length === MOST) return whole
  const begun = await matching(views, 'search', textQuery(terms, true), MOST)
  return [...new Set([...whole, ...begun])].slice(0, MOST)
}

function firstExcerpt(row: Record<Text, string>, terms: Term[], texts: readonly Text[]) {
  for (const text of texts) {
    const excerpt = excerptOf(row[text], terms)
    if (excerpt) return excerpt
  }
}

/** The nearest word, at most two typos away, among titles, films, critics and tags. */
async function perhapsMeant(views: Views, terms: Term[]): Promise<SearchAnswer['meant']> {
  const typed = terms.at(-1)?.parts.join('')
  if (!typed || typed.length < 4) return undefined
  const rows = await views
    .selectFrom('search')
    .select(['title', 'film', 'critic', 'tags'])
    .where('shown', '=', 1)
    .limit(MOST_NAMES)
    .execute()
  const spelt = new Map(
    rows
      .flatMap(row => Object.values(row).flatMap(text => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []))
      .map(word => [foldForSearch(word), word]),
  )
  const near = nearestWord(typed, spelt.keys())
  if (!near) return undefined
  const reviews = await bestMatches(views, typedTerms(near))
  return { word: spelt.get(near)!, reviews: reviews.length }
}
