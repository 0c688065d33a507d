/**
 * Keeps public answers until the next public event, for a minute at most (pages say "today"), and in
 * a limited number of bytes. One that was begun before a purge is never kept.
 */
import { LRUCache } from 'lru-cache'
import { type Content, represent, type Representation } from './representation'

const MOST_BYTES = 32 << 20
const LIFE_MS = 60_000
/** What an entry takes besides its bytes. */
const OVERHEAD = 1000

/**
 * Ends the making of an answer: with its content, or with nothing if that failed. Returns the answer
 * as it was, or would have been, kept.
 */
export type Begun = {
  (content: Content): Representation
  (): undefined
}

export class AnswerCache {
  private kept: LRUCache<string, Representation>
  private keys = new WeakMap<Representation, string>()
  private purged: (() => void)[] = []
  private underWay = new Map<string, Promise<Representation | undefined>>()
  /** Raised by every purge. */
  private generation = 0

  /** The clock counts milliseconds, and is never set back. */
  constructor(clock: { now: () => number } = performance) {
    this.kept = new LRUCache({
      maxSize: MOST_BYTES,
      // The compressed ones are made later, and together are smaller than the bytes themselves.
      sizeCalculation: ({ bytes }, key) => 2 * bytes.length + 2 * key.length + OVERHEAD,
      ttl: LIFE_MS,
      ttlResolution: 0,
      perf: clock,
    })
  }

  get = (key: string): Representation | undefined => this.kept.get(key)

  /**
   * The answer to `key`, kept or made. One making serves all who ask meanwhile; if it fails, one of
   * those who waited makes it next. `undefined` from `begin` must be made by the caller.
   */
  async find(key: string): Promise<Representation | undefined> {
    for (;;) {
      const known = this.get(key)
      const begun = this.underWay.get(`${this.generation} ${key}`)
      if (known || !begun) return known
      const made = await begun
      if (made) return made
    }
  }

  /** Announces that an answer is being made; call the returned function at its end. */
  begin(key: string): Begun {
    const generation = this.generation
    const name = `${generation} ${key}`
    const done = Promise.withResolvers<Representation | undefined>()
    this.underWay.set(name, done.promise)
    return ((content?: Content) => {
      if (this.underWay.get(name) === done.promise) this.underWay.delete(name)
      const made = content && represent(content)
      if (made && generation === this.generation) this.keep(key, made)
      done.resolve(made)
      return made
    }) as Begun
  }

  /** Whether this very answer is still what its key is answered with. */
  isKept(representation: Representation): boolean {
    const key = this.keys.get(representation)
    return key !== undefined && this.kept.get(key) === representation
  }

  private keep(key: string, made: Representation) {
    this.kept.set(key, made)
    this.keys.set(made, key)
  }

  /** Drops everything, because a list may show any review. */
  purge() {
    this.generation++
    this.kept.clear()
    for (const listener of this.purged) listener()
  }

  /** For what is kept of the answers elsewhere. */
  onPurge(listener: () => void) {
    this.purged.push(listener)
  }
}

let cache: AnswerCache | undefined

/** This process's cache. */
export const useAnswers = () => (cache ??= new AnswerCache())
