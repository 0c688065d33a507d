/** Partners that were switched off are told to the editors: one alert, however many they are. */
import type { Kysely, Transaction } from 'kysely'
import type { AppTables } from '../db/schema'
import { settleAlert, tellOperators } from '../delivery/tell-operators'

type App = Kysely<AppTables> | Transaction<AppTables>
const ABOUT = 'webhooks.disabled'

/** `reasons` has one for each that was switched off now. */
export async function tellSwitchedOff(app: App, reasons: string[], now: number) {
  if (!reasons.length) return
  await tellOperators(app, { about: ABOUT, says: 'We no longer call', unit: ['webhook', 'webhooks'], sample: reasons.at(-1), todo: 'Ask the partner, then switch it on and send again what it missed, or delete it.', link: '/editor/webhooks', count: reasons.length }, now)
}

/** It is over when none is left that we switched off. */
export async function settleSwitchedOff(app: App, now: number) {
  const one = await app.selectFrom('webhooks').select('id').where('disabled_at', 'is not', null).where('disabled_reason', 'is not', null).limit(1).executeTakeFirst()
  if (!one) await settleAlert(app, ABOUT, now)
}
