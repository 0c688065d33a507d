/**
 * Sends one message: checks at the last moment what it may still say, and composes its text once
 * per event.
 */
import type { Kysely } from 'kysely'
import type { PublicReview } from '../../../shared/types/review'
import type { AppTables } from '../../db/schema'
import type { Clock } from '../../kit/clock'
import type { Delivery, Reactor } from '../contract/define-reactor'
import type { DeliveryRow } from '../ledger/delivery-row'
import { saveProgress } from '../ledger/receipts'
import { UNSUBSCRIBED, WAS_ARCHIVED } from '../ledger/stopped'
import { wordsFor } from '../planning/delivery-words'
import { stillApplies, type Subject, type SubjectReader } from '../planning/subjects'
import { attempt, type CutAttempt } from './attempt'
import { type AttemptOutcome, notAttempted } from './attempt-outcome'
import type { PartCredential } from './credential'
import type { PartHealth } from './part-health'
import type { Sending } from './sendings'

const RETURNED = 'the review was restored'

export interface MessageSenderContext {
  app: Kysely<AppTables>
  reactor: Reactor
  subjects: SubjectReader
  credential: Pick<PartCredential, 'settings'>
  clock: Clock
  health: PartHealth
}

/** `omitted`: the rows that the message leaves out. */
export interface Sent {
  outcome: AttemptOutcome
  omitted: Set<DeliveryRow>
}

interface Item {
  row: DeliveryRow
  subject: Subject
}

export class MessageSender {
  private messages = new WeakMap<PublicReview, Promise<unknown>>()
  private underWay = new Set<CutAttempt>()

  constructor(private context: MessageSenderContext) {}

  async send(sending: Sending): Promise<Sent> {
    const items = await this.itemsToSend(sending.rows)
    const included = new Set(items.map(item => item.row))
    const omitted = new Set(sending.rows.filter(row => !included.has(row)))
    return { outcome: await this.sendItems(items, sending), omitted }
  }

  /** Cuts off what is under way; its rows are due again. */
  cutOff() {
    for (const cut of this.underWay) cut('stop')
  }

  private async itemsToSend(rows: DeliveryRow[]): Promise<Item[]> {
    const items = await Promise.all(
      rows.map(async row => ({ row, subject: await this.context.subjects.at(row.position) })),
    )
    return items.filter(
      (item): item is Item =>
        item.subject !== undefined && stillApplies(item.row.type, item.subject),
    )
  }

  private async sendItems(items: Item[], sending: Sending): Promise<AttemptOutcome> {
    const { reactor, clock } = this.context
    if (!items.length) {
      const isArchival = sending.rows[0]!.type === 'ReviewArchived'
      return notAttempted('suppressed', isArchival ? RETURNED : WAS_ARCHIVED)
    }
    if (sending.unsubscribed) return notAttempted('suppressed', UNSUBSCRIBED)
    const first = items.find(item => item.row.type === 'ReviewPublished') ?? items[0]!
    return attempt(
      { reactor, clock, underWay: this.underWay },
      first.row,
      this.deliveryOf(first, items, sending),
      () => this.messageFor(first.subject),
    )
  }

  private deliveryOf(
    { row, subject }: Item,
    items: Item[],
    { to, receipt }: Sending,
  ): Omit<Delivery<unknown, unknown>, 'signal' | 'message'> {
    const { app, health, credential } = this.context
    return {
      key: keyOf(row),
      event: subject.event,
      review: subject.review,
      archived: subject.archived,
      recipient: row.recipient,
      to,
      attempt: row.attempts + 1,
      receipt,
      progress: row.progress ? JSON.parse(row.progress) : undefined,
      saveProgress: progress => saveProgress(app, row.id, progress),
      text: wordsFor(row, subject.state),
      bundle: items.map(item => ({
        event: item.subject.event,
        review: item.subject.review,
        archived: item.subject.archived,
        key: keyOf(item.row),
      })),
      settings: credential.settings,
      quota: quota => health.quota(quota),
    }
  }

  /**
   * Composed once for all recipients of an event, and again when its review may have changed or
   * composing failed.
   */
  private messageFor({ event, review }: Subject): Promise<unknown> {
    const known = this.messages.get(review)
    if (known) return known
    const message = Promise.resolve().then(() => this.context.reactor.compose?.({ event, review }))
    this.messages.set(review, message)
    message.catch(() => this.messages.delete(review))
    return message
  }
}

/** The identity of a delivery: the same for every attempt, different for every recipient. */
const keyOf = (row: DeliveryRow) =>
  row.recipient ? `${row.event_id}:${row.recipient}` : row.event_id
