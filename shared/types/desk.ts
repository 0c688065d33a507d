/** What the desk's own endpoints return to the writing page. */
import type { Writing } from '../review/writing'
import type { Quota } from './part-state'
import type { Correction, Critic, DraftContent, ReviewStatus } from './review'

/** `content` is the working copy, `published` what the public reads now. */
export interface DeskReview {
  id: string
  version: number
  status: ReviewStatus
  critic: Critic
  slug?: string
  url?: string
  publishedAt?: string
  corrections: Correction[]
  schedule?: { at: string; timeZone?: string }
  /** Why its schedule did not publish it, and when. */
  refused?: { at: string; reason: string }
  archived?: { at: string; reason: string; forGood?: true }
  /** When its text was erased. */
  erased?: { at: string }
  /** When the draft was discarded. */
  discardedAt?: string
  content: DraftContent
  published?: DraftContent
}

/** What the critic chose in the publish panel: a part switched off, or its line edited. */
export type ShownPartChoices = Record<string, false | { text: string }>

/** The picture of a post: our own drawing, escaped (`svg`), or an upload (`url`, a path). */
export interface ShownPicture {
  svg?: string
  url?: string
  alt: string
}

/**
 * One part before Publish. `off` says why it cannot send at all, `stopped` why it cannot until somebody acts, `paused` who paused it; `count` recipients are notified now, `later` ones afterwards.
 * `say` and `reply` are posts word for word, with `length` of `limit` characters; `line` is what the critic may edit, `problem` what is wrong with it.
 */
export interface PreviewedPart {
  part: string
  label: string
  off?: string
  stopped?: string
  paused?: string
  count?: number
  later?: number
  unit?: string
  subject?: string
  say?: string
  line?: string
  reply?: string
  html?: string
  length?: number
  limit?: number
  picture?: ShownPicture
  cost?: string
  warning?: string
  problem?: string
  quota?: Quota
}

/** `empty` fields may be published empty, but the panel mentions them. */
export interface PublishPreview {
  missing: { path: string; message: string }[]
  empty: ('summary' | 'body')[]
  holdSeconds: number
  openPages: number
  parts: PreviewedPart[]
}

/** What replaced a text, where it was not typing: a paste over it, an earlier version, or a merge. */
export const REPLACEMENTS = ['paste', 'restore', 'merge'] as const
export type Replacement = (typeof REPLACEMENTS)[number]

/** An earlier text of a review; `reason` says what replaced it, or how it became public. */
export interface DeskRevision {
  id: string
  version: number
  at: string
  actor: string
  fields: Partial<Writing>
  reason?: Replacement | 'publish' | 'fix' | 'correct'
}

/** `touchedAt` is when it last changed in any way. */
export interface DeskItem {
  id: string
  status: string
  title: string
  movie?: { title: string; year?: number }
  rating?: number
  critic: string
  slug?: string
  touchedAt: string
  scheduledFor?: string
  timeZone?: string
  /** Why its schedule did not publish it. */
  refused?: string
  unpublishedChanges: boolean
  sample: boolean
  problem?: string
}
