/** Walks the hash chain of a file and finds the first event that breaks it. */
import type { DatabaseSync } from 'node:sqlite'
import { isBusyOrFull, isDamaged } from '../../db/errors'
import { link, START } from '../hash-chain'
import type { Head, StoredEvent } from '../stored-event'
import { type Columns, rowOf } from './columns'
import { COLUMNS } from './schema'

export interface Damage {
  position: number
  reason: string
}

/**
 * Checks the events after `from` up to `to`, at most `limit` of them; returns how far the chain is
 * intact, and the damage if it breaks before the end. `see` gets every intact event.
 */
export function verify(
  db: DatabaseSync,
  from: Head,
  to: number,
  limit = Infinity,
  see?: (event: StoredEvent) => void,
): Head & { damage?: Damage } {
  const end = Math.min(to, from.position + limit)
  let { position, hash } = from
  const damaged = (reason: string) => ({
    position,
    hash,
    damage: { position: position + 1, reason },
  })
  try {
    const statement = db.prepare(
      `SELECT ${COLUMNS} FROM events WHERE position > ? AND position <= ? ORDER BY position`,
    )
    statement.setReturnArrays(true)
    for (const row of statement.iterate(position, end)) {
      const event: StoredEvent = rowOf(row as unknown as Columns)
      if (event.position !== position + 1) break
      if (link(hash, event) !== event.hash) return damaged('its hash does not match its content')
      see?.(event)
      position = event.position
      hash = event.hash
    }
  } catch (error) {
    if (isDamaged(error)) return damaged((error as Error).message)
    throw error
  }
  return position === end ? { position, hash } : damaged('it is missing')
}

/** The last event in the file. */
export const lastOf = (db: DatabaseSync): Head =>
  headAt(db, 'ORDER BY position DESC LIMIT 1') ?? START

const checkedBefore = (db: DatabaseSync): Head =>
  (db.prepare('SELECT position, hash FROM checked').get() as Head | undefined) ?? START

/**
 * Checks the whole log, to its last event or to the last one that an earlier check saw, so that a
 * cut-off end shows.
 */
export const verifyAll = (db: DatabaseSync, see?: (event: StoredEvent) => void) =>
  verify(db, START, Math.max(lastOf(db).position, checkedBefore(db).position), Infinity, see)

const headAt = (db: DatabaseSync, where: string) =>
  db.prepare(`SELECT position, hash FROM events ${where}`).get() as Head | undefined

const TAIL = 10_000

/**
 * The result of the check at opening: events after `rest` and up to `checked` are intact; those up
 * to `rest` are left for a quiet moment.
 */
export interface Inspection {
  checked: Head
  rest: Head
  damage?: Damage
}

/** Checks the tail: from the last checkpoint, at most 10,000 events (about 50 ms). */
export function inspect(db: DatabaseSync): Inspection {
  const last = lastOf(db).position
  const known = checkedBefore(db)
  if (known.position > last)
    return {
      checked: START,
      rest: lastOf(db),
      damage: { position: last + 1, reason: 'it is missing' },
    }
  const from = Math.max(known.position, last - TAIL)
  const rest = from === 0 ? START : headAt(db, `WHERE position = ${from}`)
  if (!rest)
    return { checked: START, rest: START, damage: { position: from, reason: 'it is missing' } }
  const { damage, ...checked } = verify(db, rest, last)
  return { checked, rest, damage }
}

/**
 * Records that the chain is intact up to here, for the next opening; if that fails now, the next
 * check merely takes longer.
 */
export function noteChecked(db: DatabaseSync, { position, hash }: Head) {
  try {
    db.prepare(
      'INSERT INTO checked VALUES (1, ?, ?) ON CONFLICT DO UPDATE SET position = excluded.position, hash = excluded.hash WHERE excluded.position > checked.position',
    ).run(position, hash)
  } catch (error) {
    if (!isBusyOrFull(error)) throw error
  }
}
