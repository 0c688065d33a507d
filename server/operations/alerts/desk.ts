/** Alerts as one person at the desk sees them: what is open, without what that person has put aside. */
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

/** False when it is not open. Until it is settled, see `closeAlert`. */
export async function dismissAlert(
  app: Kysely<AppTables>,
  about: string,
  personId: string,
  now: number,
): Promise<boolean> {
  return app.transaction().execute(async tx => {
    if (
      !(await tx
        .selectFrom('alerts')
        .select('about')
        .where('about', '=', about)
        .where('settled_at', 'is', null)
        .executeTakeFirst())
    )
      return false
    await tx
      .insertInto('alert_dismissals')
      .values({ person_id: personId, about, at: now })
      .onConflict(there => there.doNothing())
      .execute()
    return true
  })
}
