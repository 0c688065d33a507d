/** What a digest says about each review and correction below the first, in HTML and in text. */
import { encode, wrap } from 'nodemailer/lib/qp'
import { correctionWords } from '../../../shared/correction'
import type { PublicReview } from '../../../shared/types/review'
import type { Corrected } from './digest'
import { filmLine, notes, verdict } from './letter'
import { ratingBar } from './letter-blocks'
import { html, longDate, plain } from './text'

/** `html` is a finished `<tr>`. */
export interface Entry {
  html: string
  text: string
}

/** How long HTML is once it is encoded for sending, in bytes. */
export const sentSize = (content: string) => wrap(encode(content), 76).length

/** The entries that fit into so many bytes, in their order, and how many do not. */
export function fitting(entries: Entry[], bytes: number): { shown: Entry[]; left: number } {
  let room = bytes
  const over = entries.findIndex(entry => (room -= sentSize(entry.html)) < 0)
  return over < 0
    ? { shown: entries, left: 0 }
    : { shown: entries.slice(0, over), left: entries.length - over }
}

export const reviewEntry = (review: PublicReview): Entry => ({
  html: inBrief(review),
  text: [
    plain(review.title),
    `${filmLine(review)}. ${verdict(review)} ${plain(review.critic.name)}`,
    plain(review.summary),
    ...notes(review),
    plain(review.url),
  ]
    .filter(Boolean)
    .join('\n'),
})

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

/** The first has the heading for all of them. */
export function correctionEntry({ review, correction }: Corrected, index: number): Entry {
  const day = longDate(correction.at)
  const words = correctionWords(correction)
  const heading =
    '<h2 class="t1" style="margin:0 0 8px;font:700 16px/1.3 Arial,sans-serif;color:#15161a">Corrected</h2>'
  return {
    html: lastRow(
      `${index ? '' : heading}
<p class="t2" style="margin:0;font:400 16px/1.5 Arial,sans-serif;color:#46484e;word-break:break-word"><a class="t1" href="${html(review.url)}" style="color:#15161a">${html(review.title)}</a>, ${day}: <bdi>${html(words)}</bdi></p>`,
    ),
    text: `${index ? '' : 'Corrected\n\n'}${plain(review.title)}, ${day}: ${plain(words)}\n${plain(review.url)}`,
  }
}

/** In place of what did not fit. */
export function restEntry(left: number, url: string): Entry {
  const words = `${left} more on MyMovies`
  return {
    html: lastRow(
      `<p class="t1" style="margin:0;font:700 16px/1.5 Arial,sans-serif;color:#15161a"><a class="t1" href="${html(url)}" style="color:#15161a">${words}</a></p>`,
    ),
    text: `${words}: ${plain(url)}`,
  }
}

const lastRow = (content: string) =>
  `<tr><td class="pad line" style="padding:20px 32px 24px;border-top:1px solid #cfd1cd">${content}</td></tr>`
