/**
 * Holds log and ledger still at the same instant, between two events, so that their copies match.
 */
import type { connect } from '../db/connect'
import { holdStill, letGo } from '../db/copy'
import { lastOf } from '../log/sqlite/verify'
import type { Head } from '../log/stored-event'
import { Complaint } from './command'

type Database = ReturnType<typeof connect>

/** The ledger first; tries again if an event came in between. Returns where the log ends. */
export function holdBothStill(app: Database, log: Database): Head {
  for (let tries = 0; tries < 1000; tries++) {
    const { position } = lastOf(log)
    holdStill(app)
    holdStill(log)
    const head = lastOf(log)
    if (head.position === position) return head
    letGo(app)
    letGo(log)
  }
  throw new Complaint(
    'The log is growing too fast for a consistent copy. Try again at a quieter moment.',
  )
}
