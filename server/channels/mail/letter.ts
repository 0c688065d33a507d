/**
 * Writes one review as an email that looks like its title card; pure. Anything specific to a
 * recipient is a placeholder, see placeholders.ts.
 */
import { correctionWords } from '../../../shared/correction'
import { advice, figure } from '../../../shared/rating'
import type { PublicReview } from '../../../shared/types/review'
import { filmOf } from '../../../shared/wording'
import { button, headline, paragraph, standfirst, titleCard } from './letter-blocks'
import { letterLayout } from './letter-layout'
import { PLACE } from './placeholders'
import { html, longDate, plain } from './text'

/** `preheader` is what an inbox shows next to the subject. */
export interface Letter {
  subject: string
  preheader: string
  html: string
  text: string
}

/** Subject "Go twice: The Third Man (1949)". */
export function reviewLetter(review: PublicReview): Letter {
  const subject = plain(`${advice(review.rating)}: ${filmOf(review.movie)}`)
  const preheader = plain(review.summary)
  return {
    subject,
    preheader,
    html: letterLayout({ title: subject, preheader, date: PLACE.date, rows: inFull(review) }),
    text: [
      `MyMovies, ${PLACE.date}`,
      [
        plain(review.title),
        filmLine(review),
        `${verdict(review)} ${plain(review.critic.name)}`,
      ].join('\n'),
      preheader,
      ...notes(review),
      `Read the review: ${plain(review.url)}`,
      ENDING,
    ]
      .filter(Boolean)
      .join('\n\n'),
  }
}

/** The rows of a review shown in full. */
export const inFull = (review: PublicReview) => [
  titleCard(review.movie),
  headline(review.title),
  ...(review.summary ? [standfirst(review.summary)] : []),
  paragraph(`<b>${verdict(review)}</b> <bdi>${html(review.critic.name)}</bdi>`),
  ...notes(review).map(note => paragraph(html(note), 't2')),
  button(review.url, 'Read the review'),
]

/** What a reader should know before reading; plain text. */
export function notes({ spoiler, corrections }: PublicReview): string[] {
  const correction = corrections.at(-1)
  return [
    ...(spoiler ? ['The review contains spoilers.'] : []),
    ...(correction
      ? [plain(`Corrected on ${longDate(correction.at)}: ${correctionWords(correction)}`)]
      : []),
  ]
}

/** "5 of 5. Go twice." */
export const verdict = ({ rating }: PublicReview) => `${figure(rating)} of 5. ${advice(rating)}.`

/** "The Third Man (1949), Thriller". */
export const filmLine = ({ movie }: PublicReview) =>
  plain(`${filmOf(movie)}${movie.genres[0] ? `, ${movie.genres[0]}` : ''}`)

/** The last paragraph of a plain-text email. */
export const ENDING = `${PLACE.askedText}\n\nChange what you get: ${PLACE.manageUrl}\nUnsubscribe: ${PLACE.unsubscribeUrl}\n`
