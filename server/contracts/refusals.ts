/** The refusals of a route: its own, and those that follow from what it reads and who may call it. */
import type { ProblemTitle } from '../../shared/problems'
import type { Operation } from './operation'

type Titles = Partial<Record<number, ProblemTitle[]>>

const FOR_BODIES: Titles = {
  400: ['The body is not valid JSON', 'The body is incomplete'],
  413: ['The body is too large'],
  415: ['The body must be JSON'],
  422: ['Some fields are not valid'],
}
const FOR_SESSIONS: Titles = {
  401: ['Not signed in'],
  403: ['Not allowed', 'The request is not from this site'],
  429: ['Too many requests'],
}
const FOR_KEYS: Titles = {
  400: ['The Idempotency-Key is malformed'],
  422: ['The Idempotency-Key was used before'],
}

/** By status, in the order of the statuses. */
export function refusalsOf(operation: Operation): [status: string, titles: ProblemTitle[]][] {
  const { who, query, body, idempotent, versioned, refuses = {} } = operation
  const readsAText = query !== undefined && Object.keys(query.shape).length > 0
  const all: (Titles | false | undefined)[] = [
    body !== undefined && FOR_BODIES,
    readsAText && { 422: ['Some fields are not valid'] },
    who === 'reader' && { 401: ['The manage token is not valid'] },
    who !== 'public' && who !== 'reader' && FOR_SESSIONS,
    idempotent && FOR_KEYS,
    versioned && { 412: ['The review has changed'] },
    refuses,
  ]
  const byStatus = new Map<string, Set<ProblemTitle>>()
  for (const [status, titles] of all.flatMap(some => Object.entries(some || {})))
    byStatus.set(status, new Set([...(byStatus.get(status) ?? []), ...(titles ?? [])]))
  return [...byStatus]
    .map(([status, titles]): [string, ProblemTitle[]] => [status, [...titles]])
    .sort(([a], [b]) => Number(a) - Number(b))
}
