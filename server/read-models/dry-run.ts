/** Tries a read model: what it would hold if it had begun at a position of the log. Nothing is kept. */
import type { ReadModelTrial } from '../../shared/types/read-model-trial'
import type { EventLog } from '../log/event-log'
import type { BuildOptions } from './build'
import type { Projection } from './define-projection'
import { foldAnew } from './fold-anew'
import { run, tableOf } from './views'

const SAMPLE = 5
const MOST_PARKED = 20

/** `from` is the first position that counts; 0 and 1 are both the first event. */
export function dryRunProjection(
  log: Pick<EventLog, 'read' | 'head'>,
  projection: Projection,
  from: number,
  options: BuildOptions = {},
): Promise<ReadModelTrial> {
  const after = Math.max(0, from - 1)
  return foldAnew(log, [projection], { ...options, after }, async (views, [built]) => {
    const table = tableOf(projection)
    const { rows: counted } = await run(views, `SELECT count(*) AS rows FROM "${table}"`)
    const { rows: newest } = await run(
      views,
      `SELECT * FROM "${table}" ORDER BY rowid DESC LIMIT ${SAMPLE}`,
    )
    const { rows: parked } = await run(
      views,
      `SELECT position, review_id AS reviewId, reason FROM parked ORDER BY position LIMIT ${MOST_PARKED}`,
    )
    return {
      events: Math.max(0, built!.position - after),
      rows: Number(counted[0]!.rows),
      sample: newest,
      parked: parked as unknown as ReadModelTrial['parked'],
    }
  })
}
