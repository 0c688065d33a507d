/**
 * Carries keys along with the events that they open, and seals what came from an older log in plain
 * text. Nothing stays in keys.sqlite unless `keep` is called.
 */
import { type KeyObject, randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { KEY_BYTES, keyId, seal, type Sealed, toKey, unseal } from '../sealing/cipher'
import { addKeys, keyFinder, type KeyRow } from '../sealing/key-file'
import {
  isPlain,
  partMembers,
  type RowMembers,
  sealMembers,
  unsealMembers,
} from '../sealing/sealed-event'
import type { StoredEvent } from '../stored-event'
import { BadEvent } from './ndjson'

export interface KeyCarrier {
  /**
   * The data of a row as it is to be stored, and as a reader sees it. `given` is the key that came with
   * the row. Throws BadEvent for a key that is not right.
   */
  take: (row: StoredEvent, given?: Buffer) => { data: string; seen: object }
  /** Throws BadEvent if a key is missing although its review was not erased. */
  end: () => void
  keep: () => void
}

export function keyCarrier(db: DatabaseSync): KeyCarrier {
  const find = keyFinder(db)
  /** By their names; undefined where the text is erased, or its key was lost. */
  const keys = new Map<
    string,
    { stream: string; position: number; bytes?: Buffer; key?: KeyObject }
  >()
  const newest = new Map<string, string>()
  const erased = new Set<string>()

  function know(id: string, { stream, position }: StoredEvent, bytes?: Buffer | null) {
    if (bytes && keyId(bytes) !== id) throw new BadEvent('key: it is not the key of this text')
    keys.set(id, { stream, position, ...(bytes && { bytes, key: toKey(bytes) }) })
    newest.set(stream, id)
    return keys.get(id)!
  }

  function open(row: StoredEvent, { key: id, text }: Sealed, given?: Buffer): string | undefined {
    if (given && keys.get(id)?.bytes) throw new BadEvent('key: it came with an earlier event')
    const { key } = keys.get(id) ?? know(id, row, given ?? find(id)?.key)
    if (!key) return undefined
    try {
      return unseal(text, key)
    } catch {
      throw new BadEvent('its text does not open with its key')
    }
  }

  function sealedNow(row: StoredEvent, text: string): Sealed {
    const known = keys.get(newest.get(row.stream) ?? '')
    if (known?.key) return { key: newest.get(row.stream)!, text: seal(text, known.key) }
    const bytes = randomBytes(KEY_BYTES)
    const { key } = know(keyId(bytes), row, bytes)
    return { key: keyId(bytes), text: seal(text, key!) }
  }

  return {
    take(row, given) {
      const data = JSON.parse(row.data) as RowMembers
      if (row.type === 'ReviewErased') erased.add(row.stream)
      if (data.sealed) {
        const seen = unsealMembers(row.type, data, sealed => open(row, sealed, given))
        return { data: row.data, seen }
      }
      if (given) throw new BadEvent('key: there is no sealed text that it could open')
      if (!isPlain(row.type, data)) return { data: row.data, seen: data }
      return {
        data: sealMembers(partMembers(row.type, data), text => sealedNow(row, text)),
        seen: data,
      }
    },
    end() {
      for (const { stream, position, bytes } of keys.values())
        if (!bytes && !erased.has(stream))
          throw new BadEvent(
            `the key of the text at position ${position} is missing, although its review was not erased`,
          )
    },
    keep() {
      const rows = [...keys].map(([id, { stream, bytes }]): KeyRow => ({
        id,
        key: (!erased.has(stream) && bytes) || null,
      }))
      addKeys(db, rows)
    },
  }
}
