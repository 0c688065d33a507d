/** What the public API returns to a read, apart from the review itself. */
import type { Card, Critic, Movie } from './review'

/** `next` is the cursor for older reviews, null at the end; `position` is the log position at the time of reading; `total` counts all public reviews. */
export interface ReviewList {
  items: Card[]
  next: string | null
  position: number
  total?: number
}

/** A source's score in its own scale ("99%", "8.1"); `stale` if the source has not answered since. */
export interface Score {
  source: string
  value: string
  scale: string
  observedAt: string
  stale: boolean
}

/** Newest reviews first, at most 100. No source of outside scores is connected yet. */
export interface MovieAnswer extends Movie {
  reviews: Card[]
  scores: Score[]
}

/** `rating` is that of the newest review. */
export interface MovieEntry {
  id: string
  title: string
  year: number | null
  genres: string[]
  reviews: number
  rating: number
}

export interface GenreEntry {
  genre: string
  reviews: number
}

export interface CriticEntry extends Critic {
  slug: string
  reviews: number
  newest: string
}

/** A stretch of text in pieces, some of which match a search. */
export type Excerpt = { text: string; matches?: true }[]

/** Best first, each with the words that matched. If nothing matches, `meant` suggests a similar word that some reviews contain. */
export interface SearchAnswer {
  items: (Card & { excerpt?: Excerpt })[]
  meant?: { word: string; reviews: number }
}
