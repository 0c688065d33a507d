/** A review as it was at a position of the log. Until it is published it has no text there: drafts are kept beside the log. */
import type { Block } from '../markdown/tree'
import type { ArchivedBy, Correction, Critic, ReviewContent, ReviewStatus } from './review'

export interface ReviewAsOf extends Partial<ReviewContent> {
  id: string
  /** The position that was asked for. */
  asOf: number
  status: ReviewStatus
  /** The newest event up to there: what happened, when, and who did it. */
  event: { type: string; position: number; version: number; at: string; actor: string }
  critic: Critic
  slug?: string
  tree?: Block[]
  language?: string
  publishedAt?: string
  fixedAt?: string
  corrections: Correction[]
  archived?: { reason: string; by?: ArchivedBy; at: string; forGood?: true }
  scheduledFor?: string
  /** When its text was erased: what stands in its place says nothing. */
  erasedAt?: string
}
