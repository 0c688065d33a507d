/**
 * Queries that clients send once and then name by their hash (automatic persisted queries, as Apollo
 * and urql speak them): short enough for a GET that caches can keep.
 */
import { createHash } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { LRUCache } from 'lru-cache'
import { LONGEST } from './limits/document'

export interface Params {
  query?: string
  operationName?: string
  variables?: unknown
  extensions?: { persistedQuery?: unknown } | null
}

const MOST_BYTES = 4 << 20

export class PersistedQueries {
  private known = new LRUCache<string, string>({
    maxSize: MOST_BYTES,
    sizeCalculation: (text, hash) => 2 * (text.length + hash.length),
  })

  /**
   * The text of a query that may be sent as its hash; undefined if there is neither. Throws a
   * GraphQLError if the hash is unknown (the client then sends both), or is not that of the text.
   */
  textOf({ query, extensions }: Pick<Params, 'query' | 'extensions'>): string | undefined {
    const named = extensions?.persistedQuery
    if (named === undefined || named === null) return query
    const hash = hashIn(named)
    if (typeof query !== 'string') return this.known.get(hash) ?? notFound()
    if (query.length > LONGEST) return query // refused for its length
    if (hashOf(query) !== hash)
      throw refused('sha256Hash is not the SHA-256 of the query, in small hexadecimal.')
    this.known.set(hash, query)
    return query
  }
}

export const hashOf = (query: string) => createHash('sha256').update(query).digest('hex')

/** As sent, or undefined if it is malformed. */
export function sentHash(named: unknown): string | undefined {
  const { version, sha256Hash } = Object(named) as { version?: unknown; sha256Hash?: unknown }
  const isHash = typeof sha256Hash === 'string' && /^[\da-f]{64}$/.test(sha256Hash)
  return version === 1 && isHash ? sha256Hash : undefined
}

const hashIn = (named: unknown): string => {
  const hash = sentHash(named)
  if (!hash) throw refused('persistedQuery must be { version: 1, sha256Hash }.')
  return hash
}

const refused = (message: string) =>
  new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } })

/** The code that clients wait for; plain JSON stays 200, since some read only the body of that. */
function notFound(): never {
  throw new GraphQLError('PersistedQueryNotFound', {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 404, spec: true } },
  })
}
