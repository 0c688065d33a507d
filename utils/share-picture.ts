/** The picture shown where a page is shared: the title card of the review that it is about, else our name. */
import { shareScene } from '~/shared/card/card-scene'
import { sharePath } from '~/shared/card/paths'
import type { Scene } from '~/shared/card/scene'
import { siteScene } from '~/shared/card/site-scene'
import type { Film } from '~/shared/card/title-card'

/** A path, and the size in pixels. */
export interface SharePicture {
  path: string
  width: number
  height: number
  alt: string
}

export const reviewPicture = (id: string, film: Film): SharePicture =>
  pictureOf(sharePath(id), shareScene(film))

/** Of the newest of these reviews; undefined if there is none. */
export const newestPicture = (
  cards: { id: string; genres: string[]; movie: Omit<Film, 'genres'> }[],
): SharePicture | undefined =>
  cards[0] && reviewPicture(cards[0].id, { ...cards[0].movie, genres: cards[0].genres })

export const sitePicture = (): SharePicture => pictureOf('/pictures/share.jpg', siteScene())

const pictureOf = (path: string, { width, height, label }: Scene): SharePicture => ({
  path,
  width,
  height,
  alt: label,
})
