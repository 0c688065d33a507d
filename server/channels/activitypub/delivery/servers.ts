/** What is remembered about other servers: which signatures they take, and since when they fail. */
import { sql } from 'kysely'
import { useApp } from '../../../db/open'
import type { Inbox } from './inboxes'
import type { PostOutcome } from './post'

/** Writes only what has changed, because a publication goes to hundreds of servers. */
export async function noteServer(
  { host, signatures, isFailing }: Pick<Inbox, 'host' | 'signatures' | 'isFailing'>,
  outcome: PostOutcome,
  now: number,
) {
  const took = outcome.signatures ?? signatures
  if (isFailing === !outcome.ok && took === signatures) return
  const app = await useApp()
  await app
    .insertInto('fediverse_servers')
    .values({ host, signatures: took ?? null, failing_since: outcome.ok ? null : now })
    .onConflict(there =>
      there.column('host').doUpdateSet({
        signatures: took ?? null,
        failing_since: outcome.ok ? null : sql`coalesce(fediverse_servers.failing_since, ${now})`,
      }),
    )
    .execute()
}

/** A server that sends us something works again. */
export async function noteAlive(host: string) {
  const app = await useApp()
  await app
    .updateTable('fediverse_servers')
    .set({ failing_since: null })
    .where('host', '=', host)
    .where('failing_since', 'is not', null)
    .execute()
}
