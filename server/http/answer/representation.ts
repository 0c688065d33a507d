/** What is answered at one address: its bytes in each coding, its tag, and when it last changed. */
import { createHash } from 'node:crypto'
import { type Coding, compress } from './codings'
import { tagOf } from './tags'

/** `ambiguous`: it changed more than once in that second, so the date alone proves nothing. */
export interface Modified {
  at?: Date
  ambiguous?: boolean
}

export interface Content {
  body: string | Buffer
  /** A text is UTF-8, and says so. */
  type: string
  status?: number
  headers?: Record<string, string>
  modified?: Modified
  /** Its key names more than the request does, so each request must be looked up. */
  onlyByKey?: boolean
}

export interface Representation {
  status: number
  headers: Record<string, string>
  modified?: Modified
  /** The tag without quotes, the same for all codings. */
  stem: string
  /** Bytes that are compressed already (a picture) have one coding. */
  compressible: boolean
  onlyByKey: boolean
  bytes: Buffer
  encoded: Map<Coding, Promise<Buffer>>
}

export function represent({
  body,
  type,
  status = 200,
  headers = {},
  modified,
  onlyByKey = false,
}: Content): Representation {
  const bytes = Buffer.from(body as string)
  const isText = typeof body === 'string'
  return {
    status,
    headers: { 'content-type': isText ? `${type}; charset=utf-8` : type, ...headers },
    modified,
    // Hexadecimal, so that it never ends like a coding.
    stem: createHash('sha256').update(bytes).digest('hex').slice(0, 32),
    compressible: isText,
    onlyByKey,
    bytes,
    encoded: new Map(),
  }
}

export const tagIn = ({ stem }: Representation, coding: Coding) => tagOf(stem, coding)

/** The bytes in a coding, compressed once. */
export function bytesIn(representation: Representation, coding: Coding): Promise<Buffer> | Buffer {
  const { bytes, encoded } = representation
  if (coding === 'identity') return bytes
  const ready = encoded.get(coding)
  if (ready) return ready
  const made = compress(bytes, coding)
  encoded.set(coding, made)
  made.catch(() => encoded.delete(coding))
  return made
}
