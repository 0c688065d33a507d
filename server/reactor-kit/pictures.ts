/**
 * Makes the pictures that go out with a review, as JPEG files that every network takes: its poster
 * if it has one, otherwise its title card, and its portrait.
 */
import { basename } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { shareScene } from '../../shared/card/card-scene'
import { drawable } from '../../shared/card/drawable'
import { portraitScene } from '../../shared/card/portrait'
import { type Scene, sceneSvg } from '../../shared/card/scene'
import type { ShownPicture } from '../../shared/types/desk'
import type { PublicReview } from '../../shared/types/review'
import { loadSharp } from '../media/load-sharp'
import { drawScene } from '../media/pictures/draw'
import { findUpload } from '../media/uploads/store'

/** `alt` describes it; sizes are in pixels. */
export interface Picture {
  bytes: Buffer
  type: 'image/jpeg'
  width: number
  height: number
  alt: string
}

/** The picture for a post: the whole poster, or else the title card. */
export const illustration = async (review: PublicReview): Promise<Picture> =>
  (await posterOf(review)) ?? (await sharePicture(review))

/** The same for the publish panel, which does its own drawing. */
export const illustrationShown = ({ movie }: PublicReview): ShownPicture =>
  movie.poster
    ? { url: movie.poster.url, alt: movie.poster.alt }
    : shown(drawable(shareScene(movie)))

/** A form that uploads a picture in the field `name`, with some other fields. */
export function pictureForm(name: string, picture: Picture, fields: Record<string, string>) {
  const form = new FormData()
  form.set(name, new Blob([new Uint8Array(picture.bytes)], { type: picture.type }), 'review.jpg')
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  return form
}

/** The uploaded poster, at most 1,600 pixels wide; undefined if there is none. */
async function posterOf({ movie: { poster } }: PublicReview): Promise<Picture | undefined> {
  const upload = poster && (await findUpload(basename(poster.url).replace(/\.webp$/, '.jpg')))
  if (!upload) return undefined
  const bytes = await buffer(upload.read())
  const { width = 0, height = 0 } = await (await loadSharp())(bytes).metadata()
  return { bytes, type: 'image/jpeg', width, height, alt: poster.alt }
}

/** The title card in the size for shared links: 1,200 × 630. */
export const sharePicture = ({ movie }: PublicReview): Promise<Picture> =>
  drawn(drawable(shareScene(movie)))

/** Card, mark, title and critic in one upright picture: 1,080 × 1,350. */
export const portrait = (review: PublicReview): Promise<Picture> =>
  drawn(drawable(portraitScene(review)))

/** The same for the publish panel. */
export const portraitShown = (review: PublicReview): ShownPicture =>
  shown(drawable(portraitScene(review)))

const shown = (scene: Scene): ShownPicture => ({ svg: sceneSvg(scene), alt: scene.label })

async function drawn(scene: Scene): Promise<Picture> {
  const { width, height, label: alt } = scene
  return { bytes: await drawScene(scene), type: 'image/jpeg', width, height, alt }
}
