/** Pictures that travel with a review: its poster where an editor gave one, else its title card, as JPEG files that every network takes. */
import { basename } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { cardLight } from '../../shared/card/svg'
import { titleCard } from '../../shared/card/title-card'
import type { PublicReview } from '../../shared/types/review'
import { find } from '../uploads/shelf'

/** `alt` says what it shows; sizes in pixels. */
export interface Picture { bytes: Buffer, type: 'image/jpeg', width: number, height: number, alt: string }

/** What a post shows: the poster, whole, else the title card. */
export const illustration = async (review: PublicReview): Promise<Picture> => await posterOf(review) ?? await sharePicture(review)

/** The poster as an editor gave it, at most 1,600 pixels wide; undefined where there is none. */
export async function posterOf({ movie: { poster } }: PublicReview): Promise<Picture | undefined> {
  const kept = poster && await find(basename(poster.url).replace(/\.webp$/, '.jpg'))
  if (!kept) return undefined
  const bytes = await buffer(kept.read()), { width = 0, height = 0 } = await (await import('sharp')).default(bytes).metadata()
  return { bytes, type: 'image/jpeg', width, height, alt: poster.alt }
}

/** The title card as links are shared with: 1,200 × 630. */
export async function sharePicture({ movie }: PublicReview): Promise<Picture> {
  const width = 1200, height = 630, card = titleCard(movie, { ratio: width / height, shown: 600 })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${card.width} ${card.height}">${cardLight(card)}</svg>`
  const bytes = await (await import('sharp')).default(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer()
  return { bytes, type: 'image/jpeg', width, height, alt: `Title card: ${card.label}` }
}
