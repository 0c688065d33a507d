/** The address of a feed: the one spelling of what it asks for, and back again. */
import { Problem } from '../http/problem'
import { fit } from '../http/read-input'
import { feedQuery } from '../queries/list-filter'
import type { Narrowing } from '../queries/narrow-reviews'

/** RSS, Atom and JSON Feed. */
const PATHS = ['/feed.xml', '/atom.xml', '/feed.json'] as const
export type FeedPath = (typeof PATHS)[number]

export interface FeedQuery extends Narrowing {
  after?: string
}

export interface FeedAddress {
  path: FeedPath
  query: FeedQuery
}

/** The address that the feed calls its own (`rel="self"`). */
export const feedAddress = (siteUrl: string, { path, query }: FeedAddress) =>
  siteUrl + path + queryOf(query)

/** In one order, whatever the order in which they were asked for. A rating of 0 narrows nothing. */
export function queryOf({ genre, critic, minRating, after }: FeedQuery): string {
  const given = { genre, critic, minRating, after }
  const query = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  )
  return query.size ? `?${query}` : ''
}

/**
 * Parameters that a feed does not know are left out, in any order. Undefined where there is no feed;
 * throws a 422 where the feed itself would answer one.
 */
export async function readFeedAddress(
  siteUrl: string,
  written: string,
): Promise<FeedAddress | undefined> {
  const url = URL.parse(written)
  if (!url || url.username || url.password || url.hash) return undefined
  const site = new URL(siteUrl)
  const path = (url.origin + url.pathname).slice(siteUrl.length)
  const known = PATHS.find(each => each === path)
  if (url.origin !== site.origin || !known) return undefined
  return { path: known, query: await fit(feedQuery, parametersOf(url)) }
}

function parametersOf({ searchParams }: URL): Record<string, string> {
  const names = [...searchParams.keys()]
  const twice = names.find((name, i) => name in feedQuery.shape && names.indexOf(name) !== i)
  if (twice)
    throw new Problem(422, 'Some fields are not valid', `${twice} must be given once.`, [
      { path: twice, message: 'must be given once' },
    ])
  return Object.fromEntries(searchParams)
}
