/** What following from the fediverse needs; none of it is on the log. Times are ms since the epoch. */
import type { Generated } from 'kysely'

export interface FediverseTables {
  /**
   * The keys of our actors (`site`, or a critic's id). The one with the highest number signs; it is
   * kept in the clear, as the secrets of webhooks are.
   */
  fediverse_keys: {
    actor: string
    number: number
    public_pem: string
    private_pem: string
    created_at: number
  }
  /**
   * `actor` is the follower's id (a URL), `follows` one of our actors, `follow_id` the activity that
   * asked. `inbox` is the shared one of the server, where it has one. Told of events after `position`.
   */
  fediverse_followers: {
    actor: string
    follows: string
    follow_id: string
    inbox: string
    host: string
    position: number
    created_at: number
  }
  /** Where else one of our actors is, or was: what lets followers of the other account be moved here. */
  fediverse_aliases: { actor: string; url: string }
  /** `signatures`: the kind that a server accepted last. `failing_since`: the first failure after the last success. */
  fediverse_servers: {
    host: string
    signatures: 'cavage' | 'rfc9421' | null
    failing_since: number | null
  }
  /** Hashes of activities and signatures that came in, so that none is acted on twice. */
  fediverse_seen: { hash: string; until: number }
  /**
   * What somebody said about a review; `id` is its address, `tree` what it says (JSON, as the text of a
   * review). Hidden from the page since `hidden_at`.
   */
  fediverse_replies: {
    id: string
    review_id: string
    actor: string
    host: string
    name: string
    handle: string
    url: string
    tree: string
    published_at: number
    received_at: number
    hidden_at: number | null
  }
  /** Who likes a review, or has passed it on. */
  fediverse_reactions: {
    review_id: string
    actor: string
    kind: 'like' | 'share'
    host: string
    activity_id: string
  }
  /** An actor or a host that we do not listen to; `by` is the editor. */
  fediverse_blocks: { who: string; name: string; by: string; at: number }
  /** Answers to followers (Accept) that wait to be sent: there is no event behind them, so they are not in the ledger. */
  fediverse_answers: {
    id: Generated<number>
    sender: string
    recipient: string
    inbox: string
    activity: string
    attempts: number
    due_at: number
  }
}
