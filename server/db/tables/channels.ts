/** What the channels keep: webhooks, subscribers of our hub, and emails if no SMTP server is set. */
import type { Generated } from 'kysely'

export interface ChannelTables {
  /**
   * One row per webhook. `secret` signs, so it is kept in the clear, and so is the previous one until
   * `previous_until`. `types` (CloudEvents types), `subject` (ids of reviews), `wants`
   * and `fields` are JSON; null: all. It is called for
   * events after `position`. Switched off since `disabled_at`: by us for `disabled_reason`, by a
   * person if that is null. `failing_since` is the first failure after the last success; `last_…` is
   * about the last answer.
   */
  webhooks: {
    id: string
    owner: string
    url: string
    secret: string
    previous_secret: string | null
    previous_until: number | null
    types: string | null
    subject: string | null
    wants: string | null
    shape: 'thin' | 'fat' | 'pick'
    fields: string | null
    position: number
    command_id: string | null
    created_at: number
    disabled_at: number | null
    disabled_reason: string | null
    failing_since: number | null
    last_at: number | null
    last_status: number | null
    last_ms: number | null
    last_said: string | null
  }
  /** Emails kept when no SMTP server is set. */
  outbox: {
    id: Generated<number>
    message_id: string
    sender: string
    recipient: string
    subject: string
    source: string
    at: number
  }
  /**
   * One row per callback and topic, the canonical address of a feed, once the subscriber confirmed it.
   * `secret` signs, so it is kept in the clear. It is notified of events after `position`, until
   * `lease_until`. `delivered` is the tag of the content that it took last, `failing_since` the first
   * failure after the last success.
   */
  hub_subscriptions: {
    id: string
    topic: string
    callback: string
    host: string
    secret: string | null
    lease_until: number
    position: number
    created_at: number
    delivered: string | null
    failing_since: number | null
  }
  /**
   * The newest request of each callback for a topic, until its subscriber confirms it: `asked_topic`
   * is the topic as it was written. Once that failed it is kept for a while, because `failures` are
   * counted per host.
   */
  hub_requests: {
    id: string
    mode: 'subscribe' | 'unsubscribe'
    topic: string
    asked_topic: string
    callback: string
    host: string
    secret: string | null
    lease_seconds: number
    asked_at: number
    attempts: number
    due_at: number
    failures: number
    failed_at: number | null
  }
}
