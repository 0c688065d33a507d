/** A webhook as editors see it: never with its secret. Times are ISO 8601. */

/** `failing`: its last answer was no success. `paused` by a person, `disabled` by us for `disabledReason`. */
export type WebhookState = 'active' | 'failing' | 'paused' | 'disabled'

/** `said` is the first words of the answer, or why there was none; `ms` until its head came. */
export interface WebhookAnswer {
  ok: boolean
  at?: string
  status?: number
  ms: number
  said?: string
}

/** `types: null` is all of them. Told of what comes after position `after`. `previousSecretUntil`: a rotation is under way. */
export interface ShownWebhook {
  id: string
  url: string
  types: string[] | null
  shape: 'thin' | 'fat' | 'pick'
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

/** One row of the ledger: `status` and `ms` of the answer that accepted it, `reason` of the last that did not. */
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

/** `waiting` were planned and have not arrived yet, `given` up are among the failed deliveries. */
export interface WebhookSheet extends ShownWebhook {
  waiting: number
  givenUp: number
  deliveries: WebhookDelivery[]
}
