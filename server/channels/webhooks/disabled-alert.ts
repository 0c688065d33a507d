/**
 * Alerts operators about webhooks that we switched off, in the same transaction, until each is on
 * again or removed.
 */
import type { Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { closeAlert, tellOperators } from '../../delivery/contract/tell-operators'

type Tx = Transaction<AppTables>
const ABOUT = 'webhooks.disabled'

/**
 * Takes those just switched off. Names only the host of an address, because the rest may be a
 * secret.
 */
export async function alertDisabled(
  tx: Tx,
  webhooks: { url: string; disabled_reason: string; last_at: number }[],
) {
  const last = webhooks.at(-1)
  if (last)
    await tellOperators(
      tx,
      {
        about: ABOUT,
        says: 'We turned off',
        unit: ['webhook', 'webhooks'],
        count: webhooks.length,
        sample: `${new URL(last.url).host}: ${last.disabled_reason}`,
        todo: 'Ask its owner, then turn it on again or delete it.',
        link: '/editor/webhooks',
      },
      last.last_at,
    )
}

/** Closes the alert if no webhook that we switched off is left. `now` in ms. */
export async function closeDisabledAlert(tx: Tx, now: number) {
  const left = await tx
    .selectFrom('webhooks')
    .select('id')
    .where('disabled_reason', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  if (!left) await closeAlert(tx, ABOUT, now)
}
