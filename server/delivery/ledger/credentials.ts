/** Keeps what became of each part's credential: the newest one, sealed, when it ends, and what went wrong. */
import { hash } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import type { PartState } from '../../../shared/types/part-state'
import type { AppTables } from '../../db/schema'

export type KeptCredential = Selectable<AppTables['part_credentials']>

/**
 * The row of this part for the credential in its settings, begun now (ms) if that is a new one. What
 * came from an earlier one is forgotten.
 */
export async function keptCredential(
  app: Kysely<AppTables>,
  part: string,
  credential: string,
  now: number,
): Promise<KeptCredential> {
  const given = hash('sha256', credential)
  const fresh = {
    given,
    sealed: null,
    ends_at: null,
    due_at: now,
    attempts: 0,
    failed_since: null,
    problem: null,
  }
  await app
    .insertInto('part_credentials')
    .values({ part, ...fresh })
    .onConflict(there =>
      there.column('part').doUpdateSet(fresh).where('part_credentials.given', '!=', given),
    )
    .execute()
  return app
    .selectFrom('part_credentials')
    .selectAll()
    .where('part', '=', part)
    .executeTakeFirstOrThrow()
}

export async function saveCredential(
  app: Kysely<AppTables>,
  { part, ...row }: KeptCredential,
): Promise<void> {
  await app.updateTable('part_credentials').set(row).where('part', '=', part).execute()
}

/** For operators, by part. */
export async function credentialStates(
  app: Kysely<AppTables>,
): Promise<Map<string, NonNullable<PartState['credential']>>> {
  const rows = await app
    .selectFrom('part_credentials')
    .select(['part', 'ends_at', 'problem'])
    .execute()
  return new Map(
    rows.map(({ part, ends_at: endsAt, problem }) => [
      part,
      {
        endsAt: endsAt ? new Date(endsAt).toISOString() : undefined,
        problem: problem ?? undefined,
      },
    ]),
  )
}
