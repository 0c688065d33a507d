/** Holds log and ledger still at one instant between two events, so that their copies belong together. */
import type { connect } from '../db/connect'
import { holdStill, letGo } from '../db/copy'
import type { Head } from '../log/stored-event'
import { lastOf } from '../log/sqlite/verify'
import { Complaint } from './command'

type Database = ReturnType<typeof connect>

/** The ledger first; tried again when an event came in between. Answers where the log ends. */
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
    'The log grows too fast for a copy of one instant. Try again in a quieter moment.',
  )
}
