/**
 * Records what each subscriber took last and how long it has been failing, and ends its subscription
 * if that is too long. Writes in batches, because a thousand answer at once.
 */
import { type Kysely, sql } from 'kysely'
import { useApp } from '../../db/open'
import type { AppTables } from '../../db/schema'

/** A subscription that has failed for this long without a success is over. */
const PATIENCE_MS = 3 * 24 * 3600_000
const FLUSH_MS = 250

/** `tag` is that of the content it took; without one it took nothing. `gone`: it wants no more. */
export interface Answer {
  tag?: string
  gone?: boolean
}

interface Noted extends Answer {
  at: number
  /** The first failure after the last success, of those that are not written yet. */
  since: number
  /** It follows a success that is not written yet. */
  anew: boolean
}

class DeliveryHealth {
  private noted = new Map<string, Noted>()
  private writing = new Map<string, Noted>()
  private timer?: NodeJS.Timeout

  constructor(private app: () => Promise<Kysely<AppTables>>) {}

  note(id: string, answer: Answer) {
    const at = Date.now()
    const before = this.noted.get(id)
    const wasFailing = before && before.tag === undefined
    this.noted.set(id, {
      ...answer,
      at,
      since: wasFailing ? before.since : at,
      anew: Boolean(before && (before.tag !== undefined || before.anew)),
    })
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS)
  }

  /** What it took last, if that is not on disk yet. */
  delivered = (id: string) => this.noted.get(id)?.tag ?? this.writing.get(id)?.tag

  /** Resolves when everything noted is on disk, or could not be written. */
  async flush() {
    clearTimeout(this.timer)
    this.timer = undefined
    const { noted } = this
    if (!noted.size) return
    this.noted = new Map()
    this.writing = noted
    await write(await this.app(), noted).catch((error: Error) =>
      console.error(`[hub] answers could not be saved: ${error.message}`),
    )
    if (this.writing === noted) this.writing = new Map()
  }
}

/** One for this process. */
export const deliveryHealth = new DeliveryHealth(useApp)

async function write(app: Kysely<AppTables>, noted: ReadonlyMap<string, Noted>) {
  const list = JSON.stringify([...noted].map(([id, answer]) => ({ id, ...answer })))
  const of = (field: keyof Noted | 'id') => sql.raw(`(a.value ->> '${field}')`)
  const [id, tag, since] = [of('id'), of('tag'), of('since')]
  const failing = sql`CASE
    WHEN ${tag} IS NOT NULL THEN NULL
    WHEN ${of('anew')} THEN ${since}
    ELSE coalesce(failing_since, ${since}) END`
  await app.transaction().execute(async tx => {
    await sql`
      UPDATE hub_subscriptions
      SET delivered = coalesce(${tag}, delivered), failing_since = ${failing}
      FROM json_each(${list}) AS a WHERE hub_subscriptions.id = ${id}`.execute(tx)
    await sql`
      DELETE FROM hub_subscriptions WHERE id IN (
        SELECT s.id FROM json_each(${list}) AS a JOIN hub_subscriptions s ON s.id = ${id}
        WHERE ${of('gone')} OR s.failing_since <= ${of('at')} - ${PATIENCE_MS})`.execute(tx)
  })
}
