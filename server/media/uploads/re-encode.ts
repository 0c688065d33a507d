/**
 * Re-encodes an uploaded picture: measured before it is decoded, then encoded anew, with nothing in
 * it but pixels.
 */
import type { Sharp } from 'sharp'
import { Problem, refuse } from '../../http/problem'
import { serialQueue } from '../../kit/serial-queue'
import { loadSharp } from '../load-sharp'
import { dropTexts } from './drop-texts'
import { groundOf } from './ground'
import { sniff } from './sniff'

/**
 * `width` and `height` in pixels, of both files. The JPEG is for email and for networks without
 * WebP.
 */
export interface Picture {
  webp: Buffer
  jpeg: Buffer
  width: number
  height: number
}

const WIDEST = 1_600
const MOST_SIDE = 8_000
const MOST_PIXELS = 40_000_000
const SECONDS = 20

/** One at a time: a large one needs a hundred megabytes while it is decoded. */
const queue = serialQueue()

/**
 * Turned upright, at most 1,600 pixels wide, without metadata and without transparency. Throws a problem 422 on `file` if it
 * is not such a picture, too large, or broken.
 */
export const reEncode = (file: Buffer): Promise<Picture> =>
  queue(async () => {
    const kind = sniff(file)
    if (!kind) return refuse('file', 'must be a JPEG, PNG, WebP or AVIF picture')
    const bytes = kind === 'png' ? dropTexts(file) : file
    const sharp = await loadSharp()
    const open = () =>
      sharp(bytes, {
        failOn: 'error',
        limitInputPixels: MOST_PIXELS,
        sequentialRead: true,
      }).timeout({ seconds: SECONDS })
    try {
      const { hasAlpha } = await measure(sharp(bytes, { limitInputPixels: false }), kind)
      const background = (hasAlpha && (await groundOf(open()))) || '#fff'
      const upright = open()
        .autoOrient()
        .resize({ width: WIDEST, withoutEnlargement: true })
        .flatten({ background })
      const { data: webp, info } = await upright
        .clone()
        .webp({ quality: 82 })
        .toBuffer({ resolveWithObject: true })
      const jpeg = await upright.clone().jpeg({ quality: 85, progressive: true }).toBuffer()
      return { webp, jpeg, width: info.width, height: info.height }
    } catch (error) {
      if (error instanceof Problem) throw error
      return refuse('file', 'is broken: it could not be read to its end')
    }
  })

/** Goes by the file's own header, before any pixel is decoded. */
async function measure(image: Sharp, kind: string) {
  const { format, compression, width, height, hasAlpha } = await image.metadata()
  if (format !== kind && !(format === 'heif' && compression === 'av1' && kind === 'avif'))
    refuse('file', 'must be a JPEG, PNG, WebP or AVIF picture')
  if (width > MOST_SIDE || height > MOST_SIDE)
    refuse('file', `must be at most ${MOST_SIDE} pixels wide and high; it is ${width} × ${height}`)
  if (width * height > MOST_PIXELS)
    refuse('file', `must have at most 40 million pixels; it is ${width} × ${height}`)
  return { hasAlpha }
}
