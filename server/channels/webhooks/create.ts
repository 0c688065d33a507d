/** Creates a webhook, once per command; only this answer contains the secret. */
import { randomUUIDv7 } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { AppTables } from '../../db/schema'
import { refuse } from '../../http/problem'
import { checkFields, type NewWebhook } from './schema'
import { newSecret } from './sign'
import { subscriptionColumns } from './stored-subscription'

/** Per person: ten times what a thousand partners need. */
export const MOST = 10_000
/**
 * With the same `commandId`, a repeat finds the first webhook, even if this process died before it
 * answered, but does not return the secret. `head` is the log's.
 */
export async function createWebhook(
  app: Kysely<AppTables>,
  { url, from, ...subscription }: NewWebhook,
  { owner, head, now, commandId }: { owner: string; head: number; now: number; commandId?: string },
): Promise<{ id: string; secret?: string }> {
  checkFields(subscription)
  if (from !== undefined && from > head)
    refuse('from', `must be a position of the log, which ends at ${head}`)
  return app.transaction().execute(async db => {
    const existing =
      commandId &&
      (await db
        .selectFrom('webhooks')
        .select('id')
        .where('command_id', '=', commandId)
        .executeTakeFirst())
    if (existing) return existing
    await refuseTooMany(db, owner)
    const id = randomUUIDv7()
    const secret = newSecret()
    await db
      .insertInto('webhooks')
      .values({
        id,
        owner,
        url,
        secret,
        ...subscriptionColumns(subscription),
        position: from === undefined ? head : Math.max(0, from - 1),
        command_id: commandId ?? null,
        created_at: now,
      })
      .execute()
    return { id, secret }
  })
}

async function refuseTooMany(db: Transaction<AppTables>, owner: string) {
  const { n } = await db
    .selectFrom('webhooks')
    .select(e => e.fn.countAll<number>().as('n'))
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow()
  if (Number(n) >= MOST)
    refuse('url', `cannot be added: one person may have ${MOST.toLocaleString('en')} webhooks`)
}
