/**
 * Notices parts that are stuck, and closes alerts that are over, since neither leaves a row that
 * anybody writes.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'
import { closeAlert, tellOperators } from '../../delivery/contract/tell-operators'
import { deadAbout } from '../../delivery/sending/outcomes'

/**
 * A consumer as the watch sees it. `place` changes whenever it moves; `behind` counts the events
 * that it has not read; `stopped` is why it cannot send. A paused consumer was paused on purpose
 * and is not in trouble.
 */
export interface Followed {
  name: string
  label: string
  place: string
  behind: number
  paused: boolean
  stopped: string | null
}

const PATIENCE_MS = 60_000

export class StandstillWatch {
  private since = new Map<string, { mark: string; at: number }>()

  constructor(private app: Kysely<AppTables>) {}

  /**
   * `now` in ms; `elapsed` too, from any moment on: a minute of standing still has passed, whatever
   * the clock says.
   */
  async look(parts: Followed[], now: number, elapsed = now) {
    const open = new Set(
      (
        await this.app
          .selectFrom('alerts')
          .select('about')
          .where('settled_at', 'is', null)
          .execute()
      ).map(row => row.about),
    )
    for (const { name, label, place, behind, paused, stopped } of parts) {
      const still = `${name}.still`
      const cannot = `${name}.stopped`
      if (this.lasts(still, behind > 0 && !paused ? place : undefined, elapsed))
        await this.tell(
          open,
          {
            about: still,
            says: `${label} is stuck`,
            todo: `${behind.toLocaleString('en')} ${behind === 1 ? 'event is' : 'events are'} waiting; nothing is lost. Check its last problem, then restart the server.`,
          },
          now,
        )
      else if (open.has(still) && !this.since.has(still)) await closeAlert(this.app, still, now)
      if (this.lasts(cannot, stopped && !paused ? 'stopped' : undefined, elapsed))
        await this.tell(
          open,
          {
            about: cannot,
            says: `${label} cannot send`,
            sample: stopped!,
            todo: 'Its deliveries are waiting; nothing is lost. Fix the cause (a wrong or expired token, a server that is down) and it continues by itself.',
          },
          now,
        )
      else if (open.has(cannot) && !stopped) await closeAlert(this.app, cannot, now)
      if (open.has(deadAbout(name)) && !(await this.hasDead(name)))
        await closeAlert(this.app, deadAbout(name), now)
    }
  }

  /** Whether the same mark was seen for a minute. */
  private lasts(about: string, mark: string | undefined, now: number): boolean {
    if (mark === undefined) this.since.delete(about)
    else if (this.since.get(about)?.mark !== mark) this.since.set(about, { mark, at: now })
    return now - (this.since.get(about)?.at ?? now) > PATIENCE_MS
  }

  private async tell(
    open: Set<string>,
    trouble: { about: string; says: string; sample?: string; todo: string },
    now: number,
  ) {
    if (!open.has(trouble.about))
      await tellOperators(this.app, { ...trouble, link: '/editor/parts', lasting: true }, now)
  }

  private async hasDead(part: string) {
    return (
      (await this.app
        .selectFrom('deliveries')
        .select('id')
        .where('state', '=', sql.lit('dead' as const))
        .where('reactor', '=', part)
        .limit(1)
        .executeTakeFirst()) !== undefined
    )
  }
}
