/**
 * An event as one line of JSON, which takes it from one log to another with the same position, id
 * and hash.
 */
import { z } from 'zod'
import { canonical } from '../../../shared/canonical'
import { SCHEMA_VERSION } from '../../review/events'
import type { StoredEvent } from '../stored-event'

/**
 * `last` marks the end of the log: without it a file that was cut between two lines would look
 * complete.
 */
export function toLine(
  {
    position,
    id,
    stream,
    version,
    type,
    schemaVersion,
    at,
    commandId,
    meta,
    data,
    hash,
  }: StoredEvent,
  last: boolean,
): string {
  const columns = JSON.stringify({
    position,
    id,
    stream,
    version,
    type,
    schemaVersion,
    at,
    commandId,
  })
  return `${columns.slice(0, -1)},"meta":${meta},"data":${data},"hash":"${hash}"${last ? ',"last":true' : ''}}\n`
}

const count = z.int().min(1)
const name = z.string().min(1)
const shape = z.strictObject({
  position: count,
  id: name,
  stream: name,
  version: count,
  type: name,
  schemaVersion: count,
  at: name,
  commandId: name.nullable(),
  meta: z.looseObject({}),
  data: z.looseObject({}),
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 hash'),
  last: z.literal(true).optional(),
})

/**
 * Throws BadEvent, which says what is wrong with the line; whether the hash matches is not checked
 * here.
 */
export function fromLine(line: string): { row: StoredEvent; last: boolean } {
  const { success, data: event, error } = shape.safeParse(parse(line))
  if (!success)
    throw new BadEvent(
      `${error.issues[0]!.path.join('.') || 'the event'}: ${error.issues[0]!.message}`,
    )
  const { last = false, meta, data, ...columns } = event
  const newer = tooNew(columns)
  if (newer) throw new BadEvent(newer)
  return { row: { ...columns, meta: canonical(meta), data: canonical(data) }, last }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new BadEvent('it is not valid JSON')
  }
}

/** Why this release cannot read an event of that kind; undefined when it can. */
export function tooNew(
  { type, schemaVersion }: Pick<StoredEvent, 'type' | 'schemaVersion'>,
  known: Readonly<Record<string, number>> = SCHEMA_VERSION,
): string | undefined {
  if (!Object.hasOwn(known, type)) return `this release does not know ${JSON.stringify(type)}`
  if (schemaVersion > known[type]!)
    return `${type} of schema version ${schemaVersion} was written by a newer release; this one knows ${known[type]}`
}

/** A line that cannot become an event on a log. */
export class BadEvent extends Error {}
