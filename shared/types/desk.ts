/** What the desk's own doors answer to the writing page. */
import type { Writing } from '../review/writing'
import type { Correction, Critic, DraftContent, ReviewStatus } from './review'

/** `content` is the text as it stands on the desk, `published` what the public reads now. */
export interface DeskReview {
  id: string
  version: number
  status: ReviewStatus
  critic: Critic
  slug?: string
  url?: string
  publishedAt?: string
  corrections: Correction[]
  schedule?: { at: string, timeZone?: string }
  archived?: { at: string, reason: string }
  content: DraftContent
  published?: DraftContent
}

/** One part before Publish. `off` says why it cannot send; `count` will be told now, `later` afterwards. */
export interface ForeseenPart { part: string, label: string, off?: string, count?: number, later?: number, say?: string, unit?: string, subject?: string, html?: string, problem?: string }
export interface Foreseen { missing: { path: string, message: string }[], holdSeconds: number, openPages: number, parts: ForeseenPart[] }

export interface DeskRevision { id: number, version: number, at: string, actor: string, fields: Partial<Writing> }

/** `touchedAt` is when anything last happened to it. */
export interface DeskItem { id: string, status: string, title: string, movie?: { title: string, year?: number }, rating?: number, critic: string, slug?: string, touchedAt: string, scheduledFor?: string, timeZone?: string, unpublishedChanges: boolean, sample: boolean, problem?: string }
