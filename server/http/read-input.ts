/** Turns a request's input into a typed value, or into a problem that names the fields. */
import { getQuery, getRequestHeader, type H3Event } from 'h3'
import type { z } from 'zod'
import { brokenTexts } from './broken-texts'
import { Problem } from './problem'
import { readBytes } from './read-body'
import { inPlainWords, pathsOf } from './validation-messages'

const MAX_BYTES = 256 * 1024

/**
 * The JSON body as the schema shapes it; no body at all reads as `{}`.
 * 400 malformed JSON, 413 over `maxBytes` (default 256 kB), 415 another content type, 422 with the path of each invalid field.
 */
export async function readInput<S extends z.ZodType>(
  event: H3Event,
  schema: S,
  maxBytes = MAX_BYTES,
): Promise<z.output<S>> {
  const type = mediaType(event)
  if (type !== undefined && type !== 'application/json' && !type.endsWith('+json'))
    throw new Problem(
      415,
      'The body must be JSON',
      `Send application/json, not ${type}.`,
      undefined,
      {
        headers: { accept: 'application/json' },
      },
    )
  const bytes = await readBytes(event, maxBytes)
  if (type === undefined && bytes.length)
    throw new Problem(
      415,
      'The body must be JSON',
      'Send a Content-Type header: application/json.',
      undefined,
      {
        headers: { accept: 'application/json' },
      },
    )
  return fit(schema, bytes.length ? parseJson(bytes) : {})
}

/**
 * The fields of a form sent without a script (application/x-www-form-urlencoded), as the schema
 * shapes them; values arrive as strings, those of a repeated name as a list.
 */
export async function readForm<S extends z.ZodType>(
  event: H3Event,
  schema: S,
  maxBytes = MAX_BYTES,
): Promise<z.output<S>> {
  const type = mediaType(event)
  if (type !== 'application/x-www-form-urlencoded')
    throw new Problem(
      415,
      'The body must be a form',
      `Send application/x-www-form-urlencoded, not ${type ?? 'nothing'}.`,
    )
  const sent = new URLSearchParams((await readBytes(event, maxBytes)).toString())
  return fit(
    schema,
    Object.fromEntries(
      [...new Set(sent.keys())].map(name => [
        name,
        sent.getAll(name).length > 1 ? sent.getAll(name) : sent.get(name),
      ]),
    ),
  )
}

/**
 * The query string as the schema shapes it; values arrive as strings. 422 with the names of invalid
 * ones.
 */
export const readQuery = <S extends z.ZodType>(event: H3Event, schema: S): Promise<z.output<S>> =>
  fit(schema, getQuery(event))

/** A value as the schema shapes it; 422 with the path of each invalid field. */
export async function fit<S extends z.ZodType>(schema: S, value: unknown): Promise<z.output<S>> {
  const result = await schema.safeParseAsync(value, { error: inPlainWords })
  const broken = brokenTexts(value)
  if (result.success && !broken.length) return result.data
  const errors = [...pathsOf(result.error?.issues ?? []), ...broken]
  const first = errors[0]!
  throw new Problem(
    422,
    'Some fields are not valid',
    `${first.path || 'The body'} ${first.message}.`,
    errors,
  )
}

function mediaType(event: H3Event): string | undefined {
  return getRequestHeader(event, 'content-type')?.split(';')[0]!.trim().toLowerCase() || undefined
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new Problem(
      400,
      'The body is not valid JSON',
      error instanceof SyntaxError ? 'The body is not valid JSON.' : 'The body is not valid UTF-8.',
    )
  }
}
