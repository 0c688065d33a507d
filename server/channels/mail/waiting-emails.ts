/**
 * Sends emails that wait in a table of their own, because no event is behind them. Safe in several
 * processes: the one that moves the due time sends the email.
 */
import { CLAIM_MS, nextAttemptAt } from './direct-letters'
import type { Letter } from './letter'
import { type DirectEmail, sendDirect } from './send-direct'

export interface WaitingEmail extends Omit<DirectEmail, 'attempt' | 'now'> {
  letter: Letter
}

/** What is particular to one table. */
export interface WaitingTable<Row> {
  due: (now: number) => Promise<Row[]>
  /** Moves the due time of a row that nobody has moved since it was read; resolves to whether it did. */
  claim: (row: Row, until: number) => Promise<boolean>
  /** Undefined if there is nobody, or nothing, to write to any more. */
  read: (row: Row) => Promise<WaitingEmail | undefined>
  postpone: (row: Row, until: number) => Promise<unknown>
  remove: (row: Row) => Promise<unknown>
}

/** `now` in ms. An email that cannot be sent is given up after the usual attempts. */
export async function sendWaiting<Row extends { attempts: number }>(
  table: WaitingTable<Row>,
  now: number,
): Promise<void> {
  for (const row of await table.due(now))
    if (await table.claim(row, now + CLAIM_MS)) await sendOne(table, row, now)
}

async function sendOne<Row extends { attempts: number }>(
  table: WaitingTable<Row>,
  row: Row,
  now: number,
) {
  try {
    const email = await table.read(row)
    if (email) await sendDirect(email.letter, { ...email, attempt: row.attempts + 1, now })
    await table.remove(row)
  } catch (error) {
    const at = nextAttemptAt(error, { attempts: row.attempts, now })
    await (at === undefined ? table.remove(row) : table.postpone(row, at))
  }
}
