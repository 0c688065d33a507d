/** What a review is, with the field names that outsiders may rely on. */
import type { Block } from '../markdown/tree'

export interface Poster {
  url: string
  alt: string
}

/** `id` is its address: title and year, with a number where another film has the same. `ratio` is the width over height of its frame, `minutes` its length. */
export interface Movie {
  id: string
  title: string
  year?: number
  imdbId?: string
  genres: string[]
  director?: string
  minutes?: number
  ratio?: number
  poster?: Poster
}

/** `slug` is the address of their page; notices and live updates do not have it. */
export interface Critic {
  id: string
  name: string
  slug?: string
}

/** What a critic writes. `rating` is 0 to 5 in halves; `body` is Markdown, `summary` plain text of at most 300 characters. */
export interface ReviewContent {
  title: string
  movie: Movie
  rating: number
  summary: string
  body: string
  tags: string[]
  spoiler: boolean
}

/** A draft may lack anything. */
export type DraftContent = Partial<ReviewContent>

/** `rating` only where the correction changed it. */
export interface Correction {
  at: string
  note: string
  rating?: { was: number; is: number }
}

export type ReviewStatus = 'draft' | 'scheduled' | 'published' | 'archived'

/** The published text. `tree` is `body`, parsed once when it was saved; pages render the tree and never parse. Times are ISO 8601 UTC. */
export interface PublicReview extends ReviewContent {
  id: string
  slug: string
  url: string
  critic: Critic
  tree: Block[]
  /** BCP 47; absent where it is English, or the text too short to tell. */
  language?: string
  publishedAt: string
  fixedAt?: string
  correctedAt?: string
  corrections: Correction[]
  sample?: boolean
}

/** What a list shows of a review: at most 2 kB as JSON. */
export interface Card {
  id: string
  slug: string
  url: string
  title: string
  movie: Pick<Movie, 'id' | 'title' | 'year' | 'poster' | 'ratio'>
  rating: number
  summary: string
  critic: Critic
  genres: string[]
  /** Absent when it gives nothing away. */
  spoiler?: boolean
  publishedAt: string
  correctedAt?: string
}

/** Who took a review back: its own critic, or an editor. */
export type ArchivedBy = 'critic' | 'editor'

/** All that is left in public of an archived review; `headline` is its title, a word that a problem document needs for itself. `by` is absent where the log does not say. */
export interface Archived {
  id: string
  slug: string
  url: string
  withdrawn: true
  headline: string
  movie: Pick<Movie, 'id' | 'title' | 'year'>
  critic: Critic
  reason: string
  by?: ArchivedBy
  publishedAt: string
  archivedAt: string
  /** Its text is gone for good: `headline`, `movie` and `reason` are stand-ins. */
  erased?: true
}
