/** The parameters of a request, from its address or its body. */
import { getQuery, type H3Event } from 'h3'
import { z } from 'zod'
import { Problem } from '../http/problem'
import { readInput } from '../http/read-input'
import type { Exchange } from './exchange'
import { hashOf, type Params, sentHash } from './persisted'

/** As sent: what each must be is checked by the engine. */
export const readPost = (event: H3Event): Promise<unknown> => readInput(event, z.unknown())

/** From an address; `written` are the variables as they stand there. Throws a 400 that names what is not JSON. */
export function readGet(event: H3Event): { params: Params; written: string | undefined } {
  const sent = getQuery(event)
  const text = (name: string) => ([sent[name]].flat()[0] as string | undefined) || undefined
  const params = {
    query: text('query'),
    operationName: text('operationName'),
    variables: jsonOf('variables', text('variables')),
    extensions: jsonOf('extensions', text('extensions')) as Params['extensions'],
  }
  return { params, written: text('variables') }
}

/**
 * All that an answer depends on, for a query that may be kept; undefined if there is no query, or not
 * the one that its hash says.
 */
export function keyOf(
  { params, written }: ReturnType<typeof readGet>,
  media: Exchange['media'],
): string | undefined {
  const { query, operationName, extensions } = params
  const named = extensions?.persistedQuery
  const hash = typeof query === 'string' ? hashOf(query) : sentHash(named)
  if (!hash || (named && sentHash(named) !== hash)) return undefined
  return `/graphql ${JSON.stringify([hash, operationName, written, media])}`
}

function jsonOf(name: string, text: string | undefined): unknown {
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem(400, 'Some fields are not valid', `${name} must be JSON.`, [
      { path: name, message: 'must be JSON' },
    ])
  }
}
