/** A webhook as editors see it: never with its secret. Times are ISO 8601. */

import type { Subscription } from '../schemas/subscription'

/** `failing`: its last call failed. `paused`: by a person. `disabled`: by us, for `disabledReason`. */
export type WebhookState = 'active' | 'failing' | 'paused' | 'disabled'

/** `said` is the beginning of the answer, or why there was none; `ms` is the time until its headers arrived. */
export interface WebhookAnswer {
  ok: boolean
  at?: string
  status?: number
  ms: number
  said?: string
}

/** `types: null` means all of them; without `subject` and `wants` it is about all reviews. It gets the events after position `after`. `previousSecretUntil` is set during a rotation. */
export interface ShownWebhook {
  id: string
  url: string
  types: string[] | null
  subject?: string[]
  wants?: Subscription['wants']
  shape: Subscription['shape']
  fields?: string[]
  after: number
  state: WebhookState
  owner: string
  createdAt: string
  failingSince?: string
  disabledAt?: string
  disabledReason?: string
  previousSecretUntil?: string
  lastAnswer?: WebhookAnswer
}

/** One row of the ledger: `status` and `ms` of the answer that accepted it, `reason` of the last failure. */
export interface WebhookDelivery {
  eventId: string
  type: string
  position: number
  reviewId: string
  state: string
  attempts: number
  at: string
  nextAt?: string
  status?: number
  ms?: number
  reason?: string
}

/** `waiting` deliveries are planned and have not arrived yet; `givenUp` ones are among the failed deliveries. */
export interface WebhookPage extends ShownWebhook {
  waiting: number
  givenUp: number
  deliveries: WebhookDelivery[]
}
