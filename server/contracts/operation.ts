/** How one route is announced: who may call it, what it reads and what it answers. */
import type { z } from 'zod'
import type { ProblemTitle } from '../../shared/problems'
import type { Scope } from '../../shared/types/scopes'

/** `reader`: the holder of a manage token; `session…`: somebody at the desk, no token; a scope: a token that has it, or a role. */
export type Caller =
  | 'public'
  | 'reader'
  | 'somebody'
  | 'session'
  | 'session editor'
  | 'session owner'
  | 'reviews editor'
  | Scope

/** A body that is not JSON, or not only: what it is, in words. */
export interface Content {
  type: string
  is: z.ZodType | string
}

/** A schema is JSON; null has no body. */
export type Body = z.ZodType | Content | Content[] | null

export interface Operation {
  /** A sentence without its full stop. */
  does: string
  who: Caller
  query?: z.ZodObject
  body?: Body
  /** By status. */
  answers: Record<number, Body>
  /** Refusals besides those that follow from the rest: 401 and 403, 422 for fields, 400, 413 and 415 for bodies. */
  refuses?: Partial<Record<number, ProblemTitle[]>>
  /** Takes an Idempotency-Key. */
  idempotent?: true
  /** Takes If-Match, and answers with the ETag of the review's version. */
  versioned?: true
  /** A stream that resumes from Last-Event-ID, or from `?lastEventId=`. */
  resumes?: true
  /** Answers with ETag and Last-Modified, or 304. */
  cacheable?: true
}

/** "GET /api/reviews/:id" and how it is announced. */
export type Operations = Record<string, Operation>
