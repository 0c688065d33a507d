/**
 * Records each webhook's last answer and how long it has been failing, and switches it off if that
 * is too long. Writes in batches, because a thousand answer at once.
 */
import { type Kysely, sql } from 'kysely'
import { useApp } from '../../db/open'
import type { AppTables } from '../../db/schema'
import type { CallOutcome } from './call'
import { alertDisabled } from './disabled-alert'

/** A webhook that has failed for this long without a success is switched off. */
const PATIENCE_MS = 5 * 24 * 3600_000
const FLUSH_MS = 30

/** `since` is the first failure; `anew`: it follows a success that is not written yet. */
interface Noted extends CallOutcome {
  at: number
  since: number
  anew: boolean
}

class WebhookHealth {
  private noted = new Map<string, Noted>()
  private timer?: NodeJS.Timeout

  constructor(private app: () => Promise<Kysely<AppTables>>) {}

  note(id: string, answer: CallOutcome) {
    const at = Date.now()
    const before = this.noted.get(id)
    const failing = before && !before.ok
    this.noted.set(id, {
      ...answer,
      at,
      since: failing ? before.since : at,
      anew: Boolean(before && (before.ok || before.anew)),
    })
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS)
  }

  /**
   * Resolves when everything noted is on disk, or could not be written; the next answer brings it
   * up to date.
   */
  async flush() {
    clearTimeout(this.timer)
    this.timer = undefined
    const noted = [...this.noted]
    this.noted.clear()
    if (!noted.length) return
    const list = JSON.stringify(
      noted.map(([id, a]) => [
        id,
        a.at,
        a.ok ? 1 : 0,
        a.status ?? null,
        a.ms,
        a.said ?? null,
        a.since,
        a.anew ? 1 : 0,
        a.gone ? 1 : 0,
      ]),
    )
    await write(await this.app(), list).catch((error: Error) =>
      console.error(`[webhooks] answers could not be saved: ${error.message}`),
    )
  }
}

/** One for this process. */
export const webhookHealth = new WebhookHealth(useApp)

/**
 * Switches a webhook off if it asked for that, or if it has failed for five days and still does.
 */
async function write(app: Kysely<AppTables>, list: string) {
  const column = (n: number) => sql.raw(`json_extract(a.value, '$[${n}]')`)
  const [at, ok, since, anew, gone] = [column(1), column(2), column(6), column(7), column(8)]
  const failing = sql`CASE WHEN ${ok} THEN NULL WHEN ${anew} THEN ${since} ELSE coalesce(failing_since, ${since}) END`
  const tooLong = sql`coalesce(${failing}, ${at}) <= ${at} - ${PATIENCE_MS}`
  await app.transaction().execute(async tx => {
    const { rows } = await sql<{
      url: string
      disabled_at: number | null
      disabled_reason: string
      last_at: number
    }>`UPDATE webhooks SET last_at = ${at}, last_status = ${column(3)}, last_ms = ${column(4)}, last_said = ${column(5)}, failing_since = ${failing},
      disabled_at = CASE WHEN disabled_at IS NULL AND (${gone} OR ${tooLong}) THEN ${at} ELSE disabled_at END,
      disabled_reason = CASE WHEN disabled_at IS NOT NULL THEN disabled_reason WHEN ${gone} THEN 'it answered 410, which asks never to call again' WHEN ${tooLong} THEN 'it failed for five days' END
      FROM json_each(${list}) AS a WHERE webhooks.id = ${column(0)} RETURNING url, disabled_at, disabled_reason, last_at`.execute(
      tx,
    )
    await alertDisabled(
      tx,
      rows.filter(row => row.disabled_at === row.last_at),
    )
  })
}
