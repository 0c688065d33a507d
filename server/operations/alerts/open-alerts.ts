/** Lists the open alerts for one person at the desk, without those that person has dismissed. */
import type { Kysely } from 'kysely'
import type { Alert } from '../../../shared/types/alert'
import type { AppTables } from '../../db/schema'
import { atTheDesk } from './in-words'

/** Newest first, at most 20. */
export async function openAlerts(app: Kysely<AppTables>, personId: string): Promise<Alert[]> {
  const rows = await app
    .selectFrom('alerts')
    .selectAll()
    .where('settled_at', 'is', null)
    .where(
      'about',
      'not in',
      app.selectFrom('alert_dismissals').select('about').where('person_id', '=', personId),
    )
    .orderBy('opened_at', 'desc')
    .limit(20)
    .execute()
  return rows.map(atTheDesk)
}

/**
 * Hides an alert from one person until it is resolved (see `closeAlert`). False if it is not open.
 */
export async function dismissAlert(
  app: Kysely<AppTables>,
  about: string,
  personId: string,
  now: number,
): Promise<boolean> {
  return app.transaction().execute(async tx => {
    const alert = await tx
      .selectFrom('alerts')
      .select('about')
      .where('about', '=', about)
      .where('settled_at', 'is', null)
      .executeTakeFirst()
    if (!alert) return false
    await tx
      .insertInto('alert_dismissals')
      .values({ person_id: personId, about, at: now })
      .onConflict(there => there.doNothing())
      .execute()
    return true
  })
}
