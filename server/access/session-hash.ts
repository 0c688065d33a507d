/**
 * Keeps session tokens in the database only as SHA-256, so that nobody can sign in with a stolen
 * copy of it.
 */
import { createHash } from 'node:crypto'
import type { DBAdapter, Where } from 'better-auth'

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * better-auth's database adapter, with session tokens hashed in every write and every search. Rows
 * that are read back carry the hash; only `create` returns the token itself, for the cookie.
 */
export function hashSessionTokens(adapter: DBAdapter): DBAdapter {
  return {
    ...adapter,
    async create(query) {
      const { token } = query.data as { token?: string }
      if (query.model !== 'session' || !token) return adapter.create(query)
      const row = await adapter.create({ ...query, data: { ...query.data, token: sha256(token) } })
      return { ...(row as object), token } as never
    },
    findOne: query => adapter.findOne(hashed(query)),
    findMany: query => adapter.findMany(hashed(query)),
    count: query => adapter.count(hashed(query)),
    update: query => adapter.update(hashed(query)),
    updateMany: query => adapter.updateMany(hashed(query)),
    delete: query => adapter.delete(hashed(query)),
    deleteMany: query => adapter.deleteMany(hashed(query)),
    consumeOne: query => adapter.consumeOne(hashed(query)),
    transaction: run => adapter.transaction(inside => run(hashSessionTokens(inside as DBAdapter))),
  }
}

function hashed<Query extends { model: string; where?: Where[] }>(query: Query): Query {
  if (query.model !== 'session') return query
  return {
    ...query,
    where: query.where?.map(term =>
      term.field !== 'token'
        ? term
        : {
            ...term,
            value: Array.isArray(term.value)
              ? term.value.map(String).map(sha256)
              : sha256(String(term.value)),
          },
    ),
  }
}
