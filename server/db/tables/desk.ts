/** What critics work on, beside the log: working copies and their revisions, slugs, addresses of films, uploads. */
import type { Generated } from 'kysely'

export interface DeskTables {
  /**
   * Only what a critic has changed and not published yet, laid over the published text. `edits` counts
   * changes; what was published after version `base` still has to be taken out
   * (desk/working-copy/pending-changes.ts).
   */
  working_copies: {
    review_id: string
    critic_id: string
    fields: string
    edits: number
    base: Generated<number>
    updated_at: number
    updated_by: string
  }
  /** `reason` says what replaced a revision, where it was more than typing (desk/working-copy/revisions.ts). */
  revisions: {
    id: Generated<number>
    review_id: string
    version: number
    fields: string
    at: number
    actor: string
    reason: Generated<string | null>
  }
  /** Deleted drafts; a row means nothing once the review is published. */
  discarded: { review_id: string; at: number; actor: string }
  slugs: { slug: string; review_id: string }
  /** The film's title and year as they are compared, and the review that last reserved the address. */
  movie_addresses: { id: string; name: string; imdb_id: string | null; review_id: string }
  /** `removed_at` is when it was withdrawn for good. */
  uploads: {
    id: string
    file: string
    width: number
    height: number
    bytes: number
    actor: string
    at: number
    removed_at: Generated<number | null>
  }
  /** Reviews whose text was erased. `posters` (JSON) are the uploads that went with it; `finished_at` is null until every trace is gone. */
  erasures: {
    review_id: string
    at: number
    actor: string
    posters: string
    finished_at: number | null
  }
}
