/**
 * Writes a digest, a day or a week in one email: the newest review in full, the others below it,
 * then the corrections; pure.
 */
import type { PublicReview } from '../../../shared/types/review'
import type { Digest } from './digest'
import { correctionEntry, fitting, restEntry, reviewEntry, sentSize } from './digest-entries'
import { ENDING, inFull, type Letter, reviewLetter } from './letter'
import { letterLayout } from './letter-layout'
import { PLACE } from './placeholders'
import { plain } from './text'

/** Of HTML as it is sent; what each reader's own lines add fits into the difference to 90 kB. */
const MOST_BYTES = 82_000

/**
 * `reviews` has at least one. A single review gets the email it would have had without a digest. A
 * mail program that cuts long emails (Gmail at 102 kB) would cut the way to unsubscribe, so what no
 * longer fits is one link.
 */
export function digestLetter({ reviews, corrected }: Digest): Letter {
  const [first, ...others] = [...reviews].sort((a, b) =>
    b.publishedAt.localeCompare(a.publishedAt),
  ) as [PublicReview, ...PublicReview[]]
  if (!others.length && !corrected.length) return reviewLetter(first)
  const subject = subjectOf([first, ...others])
  const preheader = plain(first.summary)
  const layout = { title: subject, preheader, date: PLACE.date }
  const { shown, left } = fitting(
    [...others.map(reviewEntry), ...corrected.map(correctionEntry)],
    MOST_BYTES - sentSize(letterLayout({ ...layout, rows: inFull(first) })),
  )
  const rest = left ? [restEntry(left, new URL('/', first.url).href)] : []
  return {
    subject,
    preheader,
    html: letterLayout({
      ...layout,
      rows: [...inFull(first), ...[...shown, ...rest].map(entry => entry.html)],
    }),
    text: [
      `MyMovies, ${PLACE.date}`,
      ...[reviewEntry(first), ...shown, ...rest].map(entry => entry.text),
      ENDING,
    ].join('\n\n'),
  }
}

/**
 * "Go twice: The Third Man (1949)", "2 reviews: The Third Man, Ikiru", "7 reviews: The Third Man,
 * Ikiru and 5 more".
 */
function subjectOf(reviews: PublicReview[]): string {
  if (reviews.length === 1) return reviewLetter(reviews[0]!).subject
  const named = reviews
    .slice(0, reviews.length > 3 ? 2 : 3)
    .map(review => review.movie.title)
    .join(', ')
  return plain(
    `${reviews.length} reviews: ${named}${reviews.length > 3 ? ` and ${reviews.length - 2} more` : ''}`,
  )
}
