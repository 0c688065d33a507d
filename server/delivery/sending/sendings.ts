/**
 * Groups claimed rows into sendings: rows with the same recipient and bundle leave as one message,
 * every other row by itself.
 */
import type { Kysely } from 'kysely'
import type { AppTables } from '../../db/schema'
import type { Reactor, Receipt } from '../contract/define-reactor'
import type { DeliveryRow } from '../ledger/delivery-row'
import { newestReceipts } from '../ledger/receipts'
import { WAS_ARCHIVED } from '../ledger/stopped'
import type { AttemptOutcome } from './attempt-outcome'
import type { Outcome } from './outcomes'

export interface Sending {
  rows: DeliveryRow[]
  /** What the part's `load` knows of the recipient. */
  to: unknown
  /** The recipient withdrew consent since the row was planned. */
  unsubscribed: boolean
  receipt?: Receipt
}

/** Looks the recipients up again, because consent is checked at the last moment. */
export async function groupIntoSendings(
  app: Kysely<AppTables>,
  reactor: Reactor,
  rows: DeliveryRow[],
): Promise<Sending[]> {
  const recipients = [...new Set(rows.map(row => row.recipient))]
  const loaded = reactor.load ? await reactor.load(recipients) : undefined
  const receipts = await receiptsByReview(app, reactor, rows, recipients)
  const sendings = new Map<string, Sending>()
  for (const row of rows) {
    const key = row.bundle ? `${row.recipient} ${row.bundle}` : String(row.id)
    const sending = sendings.get(key)
    if (sending) {
      sending.rows.push(row)
      continue
    }
    sendings.set(key, {
      rows: [row],
      to: loaded?.get(row.recipient),
      unsubscribed: Boolean(loaded && !loaded.has(row.recipient)),
      receipt: receipts.get(row.review_id)?.get(row.recipient),
    })
  }
  return [...sendings.values()]
}

/** Only a later change of a review can have a receipt to continue from. */
async function receiptsByReview(
  app: Kysely<AppTables>,
  reactor: Reactor,
  rows: DeliveryRow[],
  recipients: string[],
) {
  const receipts = new Map<string, Map<string, Receipt>>()
  for (const { type, review_id } of rows)
    if (type !== 'ReviewPublished' && !receipts.has(review_id))
      receipts.set(review_id, await newestReceipts(app, reactor.name, review_id, recipients))
  return receipts
}

/**
 * The outcome of a sending, row by row. The reviews of `omitted` rows were archived before it left,
 * so the message did not mention them.
 */
export const rowOutcomes = (
  rows: DeliveryRow[],
  { state, reason, receipt, dueAt, counted, bundle }: AttemptOutcome,
  { omitted, at }: { omitted: Set<DeliveryRow>; at: number },
): Outcome[] =>
  rows.map(row => {
    const wasOmitted = state === 'accepted' && omitted.has(row)
    return {
      id: row.id,
      state: wasOmitted ? 'suppressed' : state,
      attempts: row.attempts + (counted ? 1 : 0),
      dueAt,
      reason: wasOmitted ? WAS_ARCHIVED : reason,
      receipt: wasOmitted ? null : receipt,
      bundle,
      at,
      failed: counted && (state === 'dead' || state === 'retry'),
    }
  })
