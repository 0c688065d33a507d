/**
 * Reads log.sqlite on the main thread over its own connection, and never returns an event whose
 * hash does not match.
 */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { connect } from '../../db/connect'
import { isBusyOrFull, isDamaged } from '../../db/errors'
import { type EventLog, LogDamaged, LogUnavailable, type Recorded } from '../event-log'
import { link, START } from '../hash-chain'
import { fromRow } from '../row'
import { isPlain, type RowMembers } from '../sealing/sealed-event'
import { SealBroken, TextReader } from '../sealing/text-reader'
import type { Head, StoredEvent } from '../stored-event'
import { type Columns, rowOf } from './columns'
import { COLUMNS } from './schema'
import type { Damage } from './verify'

const SELECT = `SELECT ${COLUMNS} FROM events`

/** What EventLog.read is asked for. */
type Page = Parameters<EventLog['read']>[0] & { limit: number }

export class Reader {
  #db: DatabaseSync
  #head: StatementSync
  #page: StatementSync
  #pageOfTypes: StatementSync
  #stream: StatementSync
  #command: StatementSync
  #hashAt: StatementSync
  #types: StatementSync
  #texts: TextReader
  #damage: Damage | undefined

  constructor(file: string, keyFile: string, busyTimeout: number) {
    this.#texts = new TextReader(keyFile)
    this.#db = connect(file, { readOnly: true })
    this.#db.exec(`PRAGMA busy_timeout = ${busyTimeout}`)
    this.#head = this.#db.prepare('SELECT coalesce(max(position), 0) AS head FROM events')
    this.#page = this.#db.prepare(`${SELECT} WHERE position > ? ORDER BY position LIMIT ?`)
    this.#pageOfTypes = this.#db.prepare(
      `${SELECT} WHERE position > ? AND type IN (SELECT value FROM json_each(?)) ORDER BY position LIMIT ?`,
    )
    this.#stream = this.#db.prepare(`${SELECT} WHERE stream = ? ORDER BY version`)
    this.#command = this.#db.prepare(`${SELECT} WHERE command_id = ? ORDER BY position`)
    for (const statement of [this.#page, this.#pageOfTypes, this.#stream, this.#command])
      statement.setReturnArrays(true)
    this.#types = this.#db.prepare(
      'SELECT type, count(*) AS n FROM events WHERE position > ? AND position <= ? GROUP BY type',
    )
    this.#hashAt = this.#db.prepare('SELECT hash FROM events WHERE position = ?')
  }

  head(): number {
    try {
      return (this.#head.get() as { head: number }).head
    } catch (error) {
      throw this.#failed(error, 0)
    }
  }

  /** Ends before a damaged event; throws LogDamaged when no intact event comes before it. */
  page({ after, limit, types, texts }: Page): Recorded[] {
    const events = types
      ? this.#read(this.#pageOfTypes, after, [after, JSON.stringify(types), limit], texts)
      : this.#read(this.#page, after, [after, limit], texts)
    if (!events.length) this.throwIfDamaged()
    return events
  }

  countTypes(after: number, limit: number): Record<string, number> {
    const rows = this.#types.all(after, after + limit) as { type: string; n: number }[]
    return Object.fromEntries(rows.map(({ type, n }) => [type, n]))
  }

  /**
   * Throws LogDamaged when there is damage anywhere: an event missing from this stream would go
   * unnoticed.
   */
  stream(stream: string): Recorded[] {
    return this.#complete(this.#stream, stream)
  }

  /** The events that a command led to. Throws like `stream`. */
  command(commandId: string): Recorded[] {
    return this.#complete(this.#command, commandId)
  }

  isSealed(stream: string): boolean {
    const rows = this.#stream.all(stream) as unknown as Columns[]
    return rows.map(rowOf).every(({ type, data }) => !isPlain(type, JSON.parse(data) as RowMembers))
  }

  /** Call it when a stream was erased. */
  forgetKeys() {
    this.#texts.forget()
  }

  /** Remembers the earliest damage and reports it to the operator. */
  found(damage: Damage): LogDamaged {
    if (!this.#damage || damage.position < this.#damage.position) {
      this.#damage = damage
      console.error(this.#damaged().message)
    }
    return this.#damaged()
  }

  throwIfDamaged() {
    if (this.#damage) throw this.#damaged()
  }

  close() {
    this.#texts.close()
    this.#db.close()
  }

  #complete(statement: StatementSync, key: string): Recorded[] {
    const events = this.#read(statement, 0, [key])
    this.throwIfDamaged()
    return events
  }

  /** Ends where damage begins. */
  #read(
    statement: StatementSync,
    after: number,
    parameters: SQLInputValue[],
    texts = true,
  ): Recorded[] {
    const events: Recorded[] = []
    let last: Head = START
    try {
      for (const each of statement.iterate(...parameters)) {
        const row = rowOf(each as unknown as Columns)
        const damage = damageOf(
          row,
          row.position === last.position + 1 ? last.hash : this.#hash(row.position - 1),
        )
        if (damage) this.found(damage)
        if (this.#damage && row.position >= this.#damage.position) return events
        const event = texts ? this.#opened(row) : fromRow(row)
        if (!event) return events
        events.push(event)
        last = row
      }
    } catch (error) {
      const failure = this.#failed(error, events.at(-1)?.position ?? after)
      if (!(failure instanceof LogDamaged)) throw failure
    }
    return events
  }

  /** Undefined, and remembered as damage, if its text cannot be opened. */
  #opened(row: StoredEvent): Recorded | undefined {
    if (row.type === 'ReviewErased') this.#texts.forget() // another process may have erased it
    try {
      return fromRow(row, this.#texts.open)
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error
      this.found({ position: row.position, reason: error.message })
    }
  }

  #hash = (position: number) => (this.#hashAt.get(position) as { hash: string } | undefined)?.hash

  #failed(error: unknown, after: number): unknown {
    const { message } = error as Error
    if (isDamaged(error)) return this.found({ position: after + 1, reason: message })
    return isBusyOrFull(error) ? new LogUnavailable(message) : error
  }

  #damaged() {
    return new LogDamaged(this.#damage!.position, this.#damage!.reason)
  }
}

/** `previous` is the hash of the previous event, if there is one. */
function damageOf(row: StoredEvent, previous: string | undefined): Damage | undefined {
  if (previous === undefined) return { position: row.position - 1, reason: 'it is missing' }
  if (link(previous, row) !== row.hash)
    return { position: row.position, reason: 'its hash does not match its content' }
}
