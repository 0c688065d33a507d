/**
 * Writes a digest, a day or a week in one email: the newest review in full, the others below it,
 * then the corrections; pure.
 */
import { correctionWords } from '../../../shared/correction'
import type { Correction, PublicReview } from '../../../shared/types/review'
import { ENDING, filmLine, inFull, type Letter, notes, reviewLetter, verdict } from './letter'
import { ratingBar } from './letter-blocks'
import { letterLayout } from './letter-layout'
import { html, longDate, plain } from './text'

export interface Corrected {
  review: PublicReview
  correction: Correction
}

/**
 * `reviews` has at least one; `at` (ms) is the day that the email shows. A single review gets the
 * email it would have had without a digest.
 */
export function digestLetter({
  reviews,
  corrected,
  at,
}: {
  reviews: PublicReview[]
  corrected: Corrected[]
  at: number
}): Letter {
  const [first, ...others] = [...reviews].sort((a, b) =>
    b.publishedAt.localeCompare(a.publishedAt),
  ) as [PublicReview, ...PublicReview[]]
  if (!others.length && !corrected.length) return reviewLetter(first)
  const subject = subjectOf([first, ...others])
  const preheader = plain(first.summary)
  const date = longDate(at)
  return {
    subject,
    preheader,
    html: letterLayout({
      title: subject,
      preheader,
      date,
      rows: [...inFull(first), ...others.map(inBrief), ...inNotes(corrected)],
    }),
    text: [
      `MyMovies, ${date}`,
      ...[first, ...others].map(review =>
        [
          plain(review.title),
          `${filmLine(review)}. ${verdict(review)} ${plain(review.critic.name)}`,
          plain(review.summary),
          ...notes(review),
          plain(review.url),
        ]
          .filter(Boolean)
          .join('\n'),
      ),
      ...(corrected.length ? ['Corrected'] : []),
      ...corrected.map(
        ({ review, correction }) =>
          `${plain(review.title)}, ${longDate(correction.at)}: ${plain(correctionWords(correction))}\n${plain(review.url)}`,
      ),
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

const inBrief = (
  review: PublicReview,
) => `<tr><td class="pad line" style="padding:20px 32px 24px;border-top:1px solid #cfd1cd">${ratingBar(review.rating)}
<h2 class="t1" dir="auto" style="margin:12px 0 0;font:400 24px/1.15 Georgia,serif;color:#15161a;word-break:break-word"><a class="t1" href="${html(review.url)}" style="color:#15161a">${html(review.title)}</a></h2>
<p class="t1" style="margin:6px 0 0;font:400 16px/1.5 Arial,sans-serif;color:#15161a;word-break:break-word"><i style="font-family:Georgia,serif"><bdi>${html(review.movie.title)}</bdi></i>${review.movie.year ? ` (${review.movie.year})` : ''}, <b>${verdict(review)}</b> <bdi>${html(review.critic.name)}</bdi></p>
<p class="t2" dir="auto" style="margin:6px 0 0;font:400 16px/1.5 Georgia,serif;color:#46484e;word-break:break-word">${html(review.summary)}</p>${notes(
  review,
)
  .map(
    note => `
<p class="t2" style="margin:6px 0 0;font:400 14px/1.5 Arial,sans-serif;color:#46484e;word-break:break-word">${html(note)}</p>`,
  )
  .join('')}</td></tr>`

const inNotes = (corrected: Corrected[]) =>
  corrected.map(
    (
      { review, correction },
      i,
    ) => `<tr><td class="pad line" style="padding:20px 32px 24px;border-top:1px solid #cfd1cd">${i ? '' : '<h2 class="t1" style="margin:0 0 8px;font:700 16px/1.3 Arial,sans-serif;color:#15161a">Corrected</h2>'}
<p class="t2" style="margin:0;font:400 16px/1.5 Arial,sans-serif;color:#46484e;word-break:break-word"><a class="t1" href="${html(review.url)}" style="color:#15161a">${html(review.title)}</a>, ${longDate(correction.at)}: <bdi>${html(correctionWords(correction))}</bdi></p></td></tr>`,
  )
