/** What counting every part for the operators' page costs with a long history. */
import { sql } from 'kysely'
import { appReadOnly, useApp } from '../../server/db/open'
import { countDeliveries } from '../../server/operations/part-status'
import { type Row, within } from '../row'

const HISTORY = 300_000

export async function countsBesideHistory(): Promise<Row> {
  const app = await useApp()
  await sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${HISTORY})
    INSERT INTO deliveries (reactor, event_id, position, review_id, type, recipient, origin, state, attempts, due_at, created_at, updated_at) SELECT 'push', 'h', 1, 'h', 'ReviewPublished', 'r' || i, '', 'accepted', 1, 1, 1, 1 FROM n`.execute(
    app,
  )
  const reader = appReadOnly()
  const start = performance.now()
  const times = 50
  for (let n = 0; n < times; n++) await countDeliveries(reader)
  const each = (performance.now() - start) / times
  return within(5, {
    name: `counting every part beside ${HISTORY.toLocaleString('en')} deliveries that are done`,
    value: each,
    unit: 'ms',
  })
}
