/** Makes rows of the ledger for tests. */
import type { Insertable } from 'kysely'
import type { AppTables } from '../../server/db/schema'

type NewRow = Insertable<AppTables['deliveries']>

let rows = 0

/** A row that is waiting for its first attempt; no two have the same event. */
export const deliveryRow = (more: Partial<NewRow> = {}): NewRow => ({
  reactor: 'far',
  event_id: `event-${++rows}`,
  position: 1,
  review_id: 'a',
  type: 'ReviewPublished',
  recipient: '',
  origin: '',
  state: 'pending',
  attempts: 0,
  due_at: 1,
  created_at: 1,
  updated_at: 1,
  ...more,
})
