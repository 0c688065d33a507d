/** Shrinks a picture, if necessary, to a JPEG file of at most `most` bytes. */
import { loadSharp } from '../media/load-sharp'
import type { Picture } from './pictures'

export async function lighterThan(most: number, { bytes }: Picture): Promise<Uint8Array> {
  if (bytes.length <= most) return bytes
  const sharp = await loadSharp()
  for (let width = 1200; ; width = Math.round(width * 0.7)) {
    const smaller = await sharp(bytes)
      .resize({ width, withoutEnlargement: true })
      .jpeg({ quality: 80 })
      .toBuffer()
    if (smaller.length <= most) return smaller
  }
}
