/** Readers by email and by push, and addresses that no import may bring back. */
import type { Wants } from '../../../shared/types/wants'

type Frequency = NonNullable<Wants['frequency']>

export interface ReaderTables {
  /**
   * `wants` holds what was confirmed; `asked` what somebody has asked for in this address's name since,
   * until the email sent at `asked_at` is answered. `letters` counts those emails; none were sent to a
   * reader who was imported. A `resting` reader gets nothing until they confirm
   * again, because their emails kept bouncing.
   */
  mail_readers: {
    id: string
    email: string
    email_hash: string
    state: 'unconfirmed' | 'active' | 'resting'
    wants: string
    frequency: Frequency
    min_rating: number
    asked: string | null
    asked_at: number
    letters: number
    confirmed_at: number | null
    position: number
  }
  push_readers: {
    id: string
    endpoint: string
    endpoint_hash: string
    p256dh: string
    auth: string
    origin: string
    wants: string
    frequency: Frequency
    min_rating: number
    asked_at: number
    position: number
  }
  /** How many confirmation emails a mailbox got since a time; a keyed hash of what all its spellings share. */
  mailbox_letters: { mailbox: string; letters: number; since: number }
  /** Readers whose endpoint is gone, until their browser sends the next one. */
  lost_push_readers: { id: string; wants: string; position: number; lost_at: number }
  /**
   * Addresses that no import may bring back: a keyed hash and the reason. An imported list said of some
   * that they had left or never confirmed.
   */
  suppressions: {
    hash: string
    reason: 'unsubscribed' | 'bounced' | 'erased' | 'complained' | 'left' | 'unconfirmed'
    at: number
  }
  /**
   * Emails to a reader that did not arrive since one last did. `is_bare`: refused for good, but the
   * server did not say that it was the address.
   */
  bounces: { reader_id: string; at: number; is_bare: 0 | 1 }
  /** Whose address (a keyed hash) a reader who left had, because their old links still speak for it. */
  former_readers: { id: string; hash: string }
  /**
   * Confirmation emails that wait to be sent: the reader who asked, but neither the address nor the
   * token.
   */
  confirmations: { reader_id: string; attempts: number; due_at: number; created_at: number }
}
