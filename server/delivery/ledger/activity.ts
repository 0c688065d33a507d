/**
 * Counts what each part did, minute by minute: one small row per part and minute, so that an hour's
 * chart reads sixty rows instead of the ledger.
 */
import { type Kysely, sql } from 'kysely'
import type { AppTables } from '../../db/schema'

export const MINUTE = 60_000
const HOUR = 60
const KEPT = 120

/** The last 60 minutes, oldest first; the newest is still running. */
export interface Hour {
  accepted: number[]
  failed: number[]
}

export async function addToMinute(
  app: Kysely<AppTables>,
  part: string,
  { accepted, failed }: { accepted: number; failed: number },
  now: number,
) {
  if (!accepted && !failed) return
  await sql`
    INSERT INTO part_minutes (part, minute, accepted, failed)
    VALUES (${part}, ${Math.floor(now / MINUTE)}, ${accepted}, ${failed})
    ON CONFLICT (part, minute) DO UPDATE SET
      accepted = part_minutes.accepted + excluded.accepted,
      failed = part_minutes.failed + excluded.failed`.execute(app)
}

/** Only parts that did something. */
export async function lastHour(app: Kysely<AppTables>, now: number): Promise<Map<string, Hour>> {
  const first = Math.floor(now / MINUTE) - HOUR + 1
  const hours = new Map<string, Hour>()
  for (const { part, minute, accepted, failed } of await app
    .selectFrom('part_minutes')
    .selectAll()
    .where('minute', '>=', first)
    .where('minute', '<', first + HOUR)
    .execute()) {
    const hour = hours.get(part) ?? {
      accepted: Array<number>(HOUR).fill(0),
      failed: Array<number>(HOUR).fill(0),
    }
    hour.accepted[minute - first] = accepted
    hour.failed[minute - first] = failed
    hours.set(part, hour)
  }
  return hours
}

/** Accepted per second over the last 60 seconds; the minute before counts by its share of them. */
export function rateOf({ accepted }: Hour, now: number): number {
  const share = 1 - (now % MINUTE) / MINUTE
  return (accepted.at(-1)! + accepted.at(-2)! * share) / 60
}

/** Deletes minutes that no chart shows any more. */
export async function forgetMinutes(app: Kysely<AppTables>, now: number) {
  await app
    .deleteFrom('part_minutes')
    .where('minute', '<', Math.floor(now / MINUTE) - KEPT)
    .execute()
}
