/**
 * An event as one line of JSON, which takes it from one log to another with the same position, id
 * and hash.
 */
import { z } from 'zod'
import { canonical } from '../../../shared/canonical'
import { SCHEMA_VERSION } from '../../review/events'
import { KEY_BYTES } from '../sealing/cipher'
import type { StoredEvent } from '../stored-event'

/** Of the export. 1 had plain texts and no keys. */
const FORMAT = 2

/**
 * `last` marks the end of the log: without it a file that was cut between two lines would look
 * complete. `key` opens the text of this event and of later ones; the first event names the format.
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
  { last, key }: { last: boolean; key?: Buffer },
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
  const more = [
    ...(position === 1 ? [`,"format":${FORMAT}`] : []),
    ...(key ? [`,"key":"${key.toString('base64')}"`] : []),
    ...(last ? [',"last":true'] : []),
  ]
  return `${columns.slice(0, -1)},"meta":${meta},"data":${data},"hash":"${hash}"${more.join('')}}\n`
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
  format: count.optional(),
  key: z
    .base64()
    .transform(text => Buffer.from(text, 'base64'))
    .refine(bytes => bytes.length === KEY_BYTES, `is not a key of ${KEY_BYTES} bytes`)
    .optional(),
  last: z.literal(true).optional(),
})

/**
 * Throws BadEvent, which says what is wrong with the line; whether the hash matches is not checked
 * here.
 */
export function fromLine(line: string): { row: StoredEvent; last: boolean; key?: Buffer } {
  const { success, data: event, error } = shape.safeParse(parse(line))
  if (!success)
    throw new BadEvent(
      `${error.issues[0]!.path.join('.') || 'the event'}: ${error.issues[0]!.message}`,
    )
  const { last = false, format = FORMAT, key, meta, data, ...columns } = event
  if (format > FORMAT)
    throw new BadEvent(`format ${format} was written by a newer release; this one knows ${FORMAT}`)
  const newer = tooNew(columns)
  if (newer) throw new BadEvent(newer)
  return { row: { ...columns, meta: canonical(meta), data: canonical(data) }, last, key }
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
