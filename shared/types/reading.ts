/** What the public API answers to a read, beside the review itself. */
import type { Card, Critic, Movie } from './review'

/** `next` is the cursor of what is older, null at the end; `position` is that of the log when this was read; `total` counts all shown reviews. */
export interface ReviewList {
  items: Card[]
  next: string | null
  position: number
  total?: number
}

/** A source's figure in its own scale ("99%", "8.1"); `stale` when the source has not answered since. */
export interface Score {
  source: string
  value: string
  scale: string
  observedAt: string
  stale: boolean
}

/** Newest reviews first, at most 100. */
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
  reviews: number
  newest: string
}

/** Best first. `meant` is a word that some reviews do say, where none says what was asked for. */
export interface SearchAnswer {
  items: Card[]
  meant?: { word: string; reviews: number }
}
