/**
 * Seals what is appended, each stream with a key of its own. Keys are made in advance and synced to
 * disk many at a time, so that an append waits for no second fsync; the row names its key, so that
 * nothing else need be written.
 */
import { type KeyObject, randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { LRUCache } from 'lru-cache'
import { isBusyOrFull } from '../../db/errors'
import { KEY_BYTES, keyId, seal, type Sealed, toKey } from './cipher'
import { addKeys, destroyKeys, keyFinder, openKeys, removeKeys } from './key-file'

const POOL = 64
const LOW = 16
const MOST_REMEMBERED = 2000

interface Key {
  id: string
  key: KeyObject
}

export class Sealer {
  #keys: DatabaseSync
  #file: string
  #find: ReturnType<typeof keyFinder>
  #keyIdOf: (stream: string) => string | undefined
  #idsOf: (stream: string) => string[]
  #pool: Key[] = []
  #streams = new LRUCache<string, Key>({ max: MOST_REMEMBERED })

  constructor(log: DatabaseSync, file: string) {
    this.#file = file
    this.#keys = openKeys(file)
    this.#find = keyFinder(this.#keys)
    const ids = log.prepare(
      `SELECT data ->> '$.sealed.key' AS id FROM events WHERE stream = ? AND id NOT NULL GROUP BY 1 ORDER BY max(version) DESC`,
    )
    this.#idsOf = stream => ids.all(stream).map(row => String(row.id))
    this.#keyIdOf = stream => this.#idsOf(stream)[0]
  }

  /** `isNew`: the stream has no events yet. */
  seal(stream: string, text: string, isNew: boolean): Sealed {
    const { id, key } = this.#keyOf(stream, isNew)
    return { key: id, text: seal(text, key) }
  }

  /** Makes keys while nobody waits for them; where that is not possible now, an append will. */
  prepare() {
    if (this.#pool.length < LOW) unlessBusyOrFull(() => this.#fill())
  }

  /** Makes everything in the stream unreadable for good. */
  erase(stream: string, at: string) {
    this.#streams.delete(stream)
    destroyKeys(this.#keys, this.#file, this.#idsOf(stream), at)
  }

  /** Keys that nothing was sealed with are not left behind. */
  close() {
    unlessBusyOrFull(() =>
      removeKeys(
        this.#keys,
        this.#pool.map(({ id }) => id),
      ),
    )
    this.#keys.close()
  }

  #keyOf(stream: string, isNew: boolean): Key {
    const known = this.#streams.get(stream)
    if (known) return known
    const key = (isNew ? undefined : this.#existing(stream)) ?? this.#take()
    this.#streams.set(stream, key)
    return key
  }

  #existing(stream: string): Key | undefined {
    const id = this.#keyIdOf(stream)
    const found = id === undefined ? undefined : this.#find(id)?.key
    return id !== undefined && found ? { id, key: toKey(found) } : undefined
  }

  #take(): Key {
    if (!this.#pool.length) this.#fill()
    return this.#pool.pop()!
  }

  #fill() {
    const fresh = Array.from({ length: POOL }, () => randomBytes(KEY_BYTES)).map(key => ({
      id: keyId(key),
      key,
    }))
    addKeys(this.#keys, fresh)
    this.#pool.push(...fresh.map(({ id, key }) => ({ id, key: toKey(key) })))
  }
}

function unlessBusyOrFull(run: () => void) {
  try {
    run()
  } catch (error) {
    if (!isBusyOrFull(error)) throw error
  }
}
