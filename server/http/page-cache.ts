/**
 * Caches rendered public pages until the next public event, for a minute at most (they say
 * "today"). A page whose rendering began before a purge is never kept.
 */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const MOST_BYTES = 64 << 20
const LIFE_MS = 60_000
const compress = {
  br: (b: Buffer) =>
    promisify(brotliCompress)(b, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: promisify(gzip),
}
export type Encoding = 'br' | 'gzip' | 'identity'

export interface CachedPage {
  status: number
  headers: Record<string, string>
  etag: string
  until: number
  bytes: Partial<Record<Encoding, Buffer>>
  size: number
}

/**
 * Ends a rendering: with the page, or with nothing if it failed. Returns the page as it was, or
 * would have been, cached.
 */
export type Begun = (page?: {
  status: number
  headers: Record<string, string>
  body: string
}) => CachedPage | undefined

export class PageCache {
  private kept = new Map<string, CachedPage>()
  private underWay = new Map<string, Promise<CachedPage | undefined>>()
  private size = 0
  /** Raised by every purge. */
  generation = 0

  get(key: string): CachedPage | undefined {
    const page = this.kept.get(key)
    if (page && page.until > Date.now()) return page
    if (page) this.drop(key, page)
  }

  /** The rendering of this page that another request began since the last purge, if any. */
  rendering = (key: string) => this.underWay.get(`${this.generation} ${key}`)

  /**
   * Announces a rendering; call the returned function with the page, or with nothing if it failed.
   */
  begin(key: string): Begun {
    const generation = this.generation
    const name = `${generation} ${key}`
    const done = Promise.withResolvers<CachedPage | undefined>()
    this.underWay.set(name, done.promise)
    return page => {
      if (this.underWay.get(name) === done.promise) this.underWay.delete(name)
      const kept = page && this.keep(key, page, generation)
      done.resolve(kept)
      return kept
    }
  }

  /** Drops all pages, because a list may show any review. */
  purge() {
    this.generation++
    this.kept.clear()
    this.size = 0
  }

  /** The body in an encoding, compressed once. */
  async encoded(page: CachedPage, encoding: Encoding): Promise<Buffer> {
    const ready = page.bytes[encoding]
    if (ready || encoding === 'identity') return ready!
    return (page.bytes[encoding] = await compress[encoding](page.bytes.identity!))
  }

  private keep(
    key: string,
    { status, headers, body }: { status: number; headers: Record<string, string>; body: string },
    generation: number,
  ): CachedPage {
    const identity = Buffer.from(body)
    const etag = `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`
    const page: CachedPage = {
      status,
      headers,
      etag,
      until: Date.now() + LIFE_MS,
      bytes: { identity },
      size: identity.length * 2,
    }
    if (generation !== this.generation) return page
    this.kept.set(key, page)
    this.size += page.size
    for (const [oldest, old] of this.kept) {
      if (this.size <= MOST_BYTES) break
      this.drop(oldest, old)
    }
    return page
  }

  private drop(key: string, page: CachedPage) {
    this.kept.delete(key)
    this.size -= page.size
  }
}

let cache: PageCache | undefined

/** This process's page cache. */
export const usePageCache = () => (cache ??= new PageCache())
