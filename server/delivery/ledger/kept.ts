/** Tells which deliveries were only kept in the outbox, because there was no mail server. */
import { sql } from 'kysely'
import { OUTBOX_URL } from '../contract/outbox'

export const isKept = sql<boolean>`(state = 'accepted'
  AND coalesce(receipt, '') LIKE ${`%"url":"${OUTBOX_URL}"%`})`
