/** Converts events to stored rows and back. */
import { canonical } from '../../shared/canonical'
import { uuid7 } from '../kit/uuid7'
import { SCHEMA_VERSION } from '../review/events'
import { upcast } from '../review/upcast'
import { type Expected, type NewEvent, type Recorded, VersionConflict } from './event-log'
import { link } from './hash-chain'
import type { Sealed } from './sealing/cipher'
import { partMembers, type RowMembers, unsealMembers, wholeMembers } from './sealing/sealed-event'
import type { AppendRequest, Head, StoredEvent, UnplacedEvent } from './stored-event'

/** Throws TypeError or RangeError for anything that could not be read back as it was written. */
export function toRequest(
  stream: string,
  expected: Expected,
  events: NewEvent[],
  commandId: string | undefined,
): AppendRequest {
  const unplaced = events.map(({ type, data, meta, at, id = uuid7(Date.parse(at)) }) => ({
    id: legible(id),
    type: legible(type),
    schemaVersion: SCHEMA_VERSION[type],
    at: legible(at),
    meta: canonical(meta),
    ...partMembers(type, data),
  }))
  return {
    stream: legible(stream),
    expected,
    commandId: commandId === undefined ? null : legible(commandId),
    events: unplaced,
  }
}

/**
 * Gives events their place after `head`, in a stream that is at `version`; `dataOf` makes the data of
 * a row. Throws VersionConflict.
 */
export function place(
  { stream, expected, commandId, events }: AppendRequest,
  head: Head,
  version: number,
  dataOf: (event: UnplacedEvent) => string,
): StoredEvent[] {
  if (expected !== 'any' && version !== (expected === 'none' ? 0 : expected))
    throw new VersionConflict(stream, expected, version)
  let { position, hash } = head
  return events.map(event => {
    const { open: _, text: __, ...named } = event
    const data = dataOf(event)
    const row = { ...named, data, position: ++position, stream, version: ++version, commandId }
    return { ...row, hash: (hash = link(hash, row)) }
  })
}

/** Opens a sealed text; undefined once it was erased. */
export type Open = (sealed: Sealed) => string | undefined

/** The event in a stored row, in today's shape. A row that is sealed needs `open`. */
export function fromRow(row: StoredEvent, open?: Open): Recorded {
  const data = JSON.parse(row.data) as RowMembers
  return recorded(row, data.sealed && open ? unsealMembers(row.type, data, open) : data)
}

/** The event that was just appended as this row, without opening what was sealed a moment ago. */
export const fromRequest = (row: StoredEvent, event: UnplacedEvent): Recorded =>
  recorded(row, wholeMembers(event))

function recorded(
  { position, id, stream, version, type, schemaVersion, at, commandId, meta, hash }: StoredEvent,
  data: unknown,
): Recorded {
  const today = upcast(type, schemaVersion, data)
  // Every member is named, because spreading the rest costs more than the parsing.
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

/**
 * A lone surrogate or a NUL comes back from a database as something else, and the hash chain would
 * report that as damage.
 */
function legible(text: string): string {
  if (!text || !text.isWellFormed() || text.includes('\0'))
    throw new TypeError(`${JSON.stringify(text)} cannot be a name in the log`)
  return text
}
