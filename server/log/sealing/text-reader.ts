/** Opens sealed texts for readers of the log; remembers the keys that were used last. */
import type { KeyObject } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { LRUCache } from 'lru-cache'
import { keyId, type Sealed, toKey, unseal } from './cipher'
import { keyFinder, type KeyRow, openKeysToRead } from './key-file'

/** A text that cannot be opened although nobody erased it. */
export class SealBroken extends Error {}

/** What is wrong with a key; undefined for one that is right or was destroyed. */
export function faultOf(id: string, row: KeyRow | undefined): string | undefined {
  if (!row) return `the key of its text, ${id}, is missing`
  if (row.key && keyId(row.key) !== id) return `the key of its text, ${id}, is another key`
}

const MOST_REMEMBERED = 4000
/** Another process may destroy a key at any time. */
const LONGEST_MS = 10_000

export class TextReader {
  #db: DatabaseSync | undefined
  #find: ReturnType<typeof keyFinder> | undefined
  #known = new LRUCache<string, { key: KeyObject }>({
    max: MOST_REMEMBERED,
    ttl: LONGEST_MS,
    ttlResolution: 1000,
  })

  constructor(private file: string) {}

  /** The text, or undefined once it was erased. Throws SealBroken. */
  open = ({ key: id, text }: Sealed): string | undefined => {
    const key = this.#known.get(id)?.key ?? this.#load(id)
    if (!key) return undefined
    try {
      return unseal(text, key)
    } catch {
      throw new SealBroken('its text does not open with its key')
    }
  }

  /** Call it when a stream was erased, by whichever process. */
  forget() {
    this.#known.clear()
  }

  close() {
    this.#db?.close()
  }

  #load(id: string): KeyObject | undefined {
    this.#db ??= openKeysToRead(this.file)
    if (this.#db) this.#find ??= keyFinder(this.#db)
    const row = this.#find?.(id)
    const fault = faultOf(id, row)
    if (fault) throw new SealBroken(fault)
    if (!row?.key) return undefined
    const key = toKey(row.key)
    this.#known.set(id, { key })
    return key
  }
}
