/** One review as an entry of a feed: its title, its text in full, its picture and its dates. */
import { shareScene } from '../../shared/card/card-scene'
import { sharePath } from '../../shared/card/paths'
import { correctionWords } from '../../shared/correction'
import { toHtml } from '../../shared/markdown/to-html'
import { advice, figure } from '../../shared/rating'
import { SPOILERS } from '../../shared/spoilers'
import type { PublicReview } from '../../shared/types/review'
import { filmOf } from '../../shared/wording'

export interface FeedEntry {
  review: PublicReview
  /** "Everyone in Vienna is selling something: The Third Man (1949), 5". */
  title: string
  html: string
  /** The film's genres, and whether there are spoilers. */
  categories: string[]
  picture: { url: string; width: number; height: number; alt: string }
  /** A fixed typo changes neither; a correction changes `updated` and never `published`. */
  published: Date
  updated: Date
}

export function entryOf(review: PublicReview, siteUrl: string): FeedEntry {
  const { id, title, movie, rating, spoiler, corrections, tree, publishedAt, correctedAt } = review
  const { width, height, label } = shareScene(movie)
  const notes = toHtml(
    corrections.map(correction => ({
      t: 'p',
      c: [
        { t: 'strong', c: [{ t: 'text', v: `Correction, ${correction.at.slice(0, 10)}.` }] },
        { t: 'text', v: ` ${correctionWords(correction)}` },
      ],
    })),
  )
  const verdict = toHtml([
    {
      t: 'p',
      c: [{ t: 'strong', c: [{ t: 'text', v: `${figure(rating)} of 5. ${advice(rating)}.` }] }],
    },
  ])
  const text = notes + toHtml(tree, siteUrl)
  return {
    review,
    title: `${title}: ${filmOf(movie)}, ${figure(rating)}${spoiler ? ` (${SPOILERS.toLowerCase()})` : ''}`,
    html: verdict + (spoiler ? behindNotice(text) : text),
    categories: [...movie.genres, ...(spoiler ? [SPOILERS] : [])],
    picture: { url: siteUrl + sharePath(id), width, height, alt: label },
    published: new Date(publishedAt),
    updated: new Date(correctedAt ?? publishedAt),
  }
}

/** A reader that knows no `details` shows the notice above the text. */
const behindNotice = (html: string) =>
  `<details><summary>${SPOILERS}. Show the review.</summary>${html}</details>`
