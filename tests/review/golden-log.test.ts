/**
 * The golden log has every version of every event that was ever written. It can still be imported, and
 * adds up to the read models in golden-read-models.json. That file is written by `vitest -u`: a line
 * that is added to the log adds rows to it; the others change only with the read model itself.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import projections from '#projections'
import { expect, it } from 'vitest'
import { connect } from '../../server/db/connect'
import { onThisThread } from '../../server/db/dialect'
import type { EventLog, Recorded } from '../../server/log/event-log'
import { fromRow } from '../../server/log/row'
import { fromLine } from '../../server/log/transfer/ndjson'
import { build } from '../../server/read-models/build'
import { checkpointOf } from '../../server/read-models/rows'
import { type BookkeepingTables, run, tableOf } from '../../server/read-models/views'

const lines = readFileSync(join(import.meta.dirname, 'golden-events.ndjson'), 'utf8')
  .trim()
  .split('\n')

/** As `import` takes them. */
const imported = (): Recorded[] => lines.map(line => fromRow(fromLine(line).row))

const logOf = (events: Recorded[]): Pick<EventLog, 'read' | 'head'> => ({
  head: async () => events.length,
  read: async ({ after, limit = 500 }) => events.slice(after, after + limit),
})

it('is imported, and each of its lines adds up to the same rows as ever', async () => {
  const events = imported()
  const views = onThisThread<BookkeepingTables>(connect(':memory:'))
  const byPosition: Record<string, object> = {}
  for (const { position, type, schemaVersion } of events) {
    await build(logOf(events), views, projections, { until: position })
    const rows: Record<string, unknown> = {}
    for (const projection of projections) {
      expect(await checkpointOf(views, projection)).toBe(position)
      rows[projection.name] = (await run(views, `SELECT * FROM "${tableOf(projection)}"`)).rows
    }
    byPosition[`${position} ${type} ${schemaVersion}`] = rows
  }
  expect((await run(views, 'SELECT * FROM parked')).rows).toEqual([])
  await views.destroy()
  await expect(`${JSON.stringify(byPosition, null, 1)}\n`).toMatchFileSnapshot(
    'golden-read-models.json',
  )
})
