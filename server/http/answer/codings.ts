/** The codings that answers come in: the one that a client prefers, and how bytes get into it. */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { Semaphore } from '../../kit/semaphore'
import { readWeights } from './weights'

export type Coding = 'br' | 'gzip' | 'identity'

/** The best first, for clients that do not care. */
const COMPRESSED = ['br', 'gzip'] as const
/** A client that accepts a coding at all prefers it to none, unless it says otherwise. */
const HARDLY = 0.0001

/** The coding for this Accept-Encoding (RFC 9110, 12.5.3); a weight of 0 refuses one. */
export function preferredCoding(acceptEncoding: string | undefined): Coding {
  const weights = readWeights(acceptEncoding)
  const any = weights.get('*') ?? 0
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get(`x-${coding}`) ?? any
  let best: Coding = 'identity'
  let most = weights.get('identity') ?? HARDLY
  // On a tie the compressed one wins, and of two the better.
  for (const coding of COMPRESSED.toReversed())
    if (weightOf(coding) > 0 && weightOf(coding) >= most) {
      best = coding
      most = weightOf(coding)
    }
  return best
}

/**
 * Each compression under way holds megabytes of its own. Memory follows the window, and no answer is
 * much larger than this one of 256 kB.
 */
const places = new Semaphore(4)
const WINDOW_BITS = 18

export async function compress(bytes: Buffer, coding: 'br' | 'gzip'): Promise<Buffer> {
  const leave = await places.enter()
  try {
    return await COMPRESS[coding](bytes)
  } finally {
    leave()
  }
}

const COMPRESS = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
}
