/** One of a person's sessions, as they see it. Times are ISO 8601; `usedAt` is exact to the day. */
export interface OwnSession {
  id: string
  /** The one that asks. */
  current: boolean
  signedInAt: string
  usedAt: string
  endsAt: string
  /** The browser's own name for itself (User-Agent); may be empty. */
  browser: string
}
