/** What editors see of replies from the fediverse. */
import type { Reply } from '../schemas/replies'

export interface DeskReply extends Reply {
  hidden: boolean
  host: string
  review: { id: string; title: string; slug: string }
}

/** `who` is the address of a person, or a host; `at` is ISO. */
export interface BlockedWho {
  who: string
  name: string
  by: string
  at: string
}

export interface DeskReplies {
  open: boolean
  items: DeskReply[]
  blocks: BlockedWho[]
  next: string | null
}
