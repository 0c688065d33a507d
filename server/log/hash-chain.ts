/**
 * The hash chain: each event's hash covers the event and the previous hash, so that nothing can be
 * changed, dropped or slipped in unnoticed.
 */
import { hash as digest } from 'node:crypto'
import type { Head, StoredEvent } from './stored-event'

/** What the first event is chained to. */
export const START: Head = { position: 0, hash: '0'.repeat(64) }

/**
 * SHA-256 (hex) over the previous hash and the canonical JSON of the row; `data` and `meta` are
 * already canonical.
 */
export function link(previous: string, row: Omit<StoredEvent, 'hash'>): string {
  const { at, commandId, data, id, meta, position, schemaVersion, stream, type, version } = row
  return digest(
    'sha256',
    `${previous}{"at":${JSON.stringify(at)},"commandId":${JSON.stringify(commandId)},"data":${data},"id":${JSON.stringify(id)},"meta":${meta},"position":${position},"schemaVersion":${schemaVersion},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)},"version":${version}}`,
  )
}
