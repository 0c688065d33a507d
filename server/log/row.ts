/** A fact as an engine stores it, and the ways in and out. */
import { canonical } from '../../shared/canonical'
import { SCHEMA_VERSION } from '../review/events'
import { upcast } from '../review/upcast'
import { link } from './chain'
import { VersionConflict, type Expected, type NewEvent, type Recorded } from './event-log'
import { uuid7 } from './uuid7'

/** `data` and `meta` are canonical JSON. */
export interface Row {
  position: number
  id: string
  stream: string
  version: number
  type: string
  schemaVersion: number
  at: string
  commandId: string | null
  meta: string
  data: string
  hash: string
}

/** Facts that have no place yet. */
export interface AppendRequest {
  stream: string
  expected: Expected
  commandId: string | null
  facts: Pick<Row, 'id' | 'type' | 'schemaVersion' | 'at' | 'meta' | 'data'>[]
}

/** The last link of the chain: START when the log is empty. */
export interface Head {
  position: number
  hash: string
}

/** Throws TypeError or RangeError for what could not be read back as it was written. */
export function toRequest(
  stream: string,
  expected: Expected,
  events: NewEvent[],
  commandId: string | undefined,
): AppendRequest {
  const facts = events.map(({ type, data, meta, at, id = uuid7(Date.parse(at)) }) => ({
    id: legible(id),
    type: legible(type),
    schemaVersion: SCHEMA_VERSION[type],
    at: legible(at),
    meta: canonical(meta),
    data: canonical(data),
  }))
  return {
    stream: legible(stream),
    expected,
    commandId: commandId === undefined ? null : legible(commandId),
    facts,
  }
}

/** Gives facts their place after `head`, in a stream that is at `version`. Throws VersionConflict. */
export function place(
  { stream, expected, commandId, facts }: AppendRequest,
  head: Head,
  version: number,
): Row[] {
  if (expected !== 'any' && version !== (expected === 'none' ? 0 : expected))
    throw new VersionConflict(stream, expected, version)
  let { position, hash } = head
  return facts.map(fact => {
    const row = { ...fact, position: ++position, stream, version: ++version, commandId }
    return { ...row, hash: (hash = link(hash, row)) }
  })
}

/** A row as everybody reads it: in today's shape. */
export function fromRow({
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
}: Row): Recorded {
  const today = upcast(type, schemaVersion, JSON.parse(data))
  // Every member by its name: copying what is left over costs more than the parsing.
  return {
    position,
    id,
    stream,
    version,
    type,
    schemaVersion: today.schemaVersion,
    at,
    commandId,
    meta: JSON.parse(meta),
    data: today.data,
    hash,
  } as Recorded
}

/** A lone surrogate or a NUL comes back from a database as something else, and the chain would call that damage. */
function legible(text: string): string {
  if (!text || !text.isWellFormed() || text.includes('\0'))
    throw new TypeError(`${JSON.stringify(text)} cannot be a name in the log`)
  return text
}
