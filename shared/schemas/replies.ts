/** What people of the fediverse say about a review, as pages and the API show it, and what editors do about it. */
import { z } from 'zod'
import type { Block } from '../markdown/tree'

export const replySchema = z.object({
  /** Its address on its own server, which identifies it. */
  id: z.string(),
  url: z.string(),
  name: z.string(),
  /** `name@host`. */
  handle: z.string(),
  tree: z.array(z.custom<Block>()).meta({ type: 'array' }),
  publishedAt: z.string(),
})
export type Reply = z.output<typeof replySchema>

/** `open`: replies are taken in; `likes` and `shares` count people. Oldest first, at most 200. */
export const repliesSchema = z.object({
  open: z.boolean(),
  likes: z.number(),
  shares: z.number(),
  items: z.array(replySchema),
})
export type Replies = z.output<typeof repliesSchema>

const reference = z.string().min(1).max(2000)

export const hideReply = z.strictObject({ id: reference, hidden: z.boolean() })
/** The author of a reply, or everybody on their server. */
export const blockAuthor = z.strictObject({ reply: reference, what: z.enum(['person', 'server']) })
export const unblockWho = z.strictObject({ who: reference })
