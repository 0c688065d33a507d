/** The other accounts of our actors: a server moves the followers of an account only to one that names it (`alsoKnownAs`). */
import { appReadOnly, useApp } from '../../db/open'

/** The ids of the accounts, which are URLs. */
export async function aliasesOf(actor: string): Promise<string[]> {
  const rows = await appReadOnly()
    .selectFrom('fediverse_aliases')
    .select('url')
    .where('actor', '=', actor)
    .orderBy('url')
    .execute()
  return rows.map(({ url }) => url)
}

export async function addAlias(actor: string, url: string) {
  const app = await useApp()
  await app
    .insertInto('fediverse_aliases')
    .values({ actor, url })
    .onConflict(there => there.doNothing())
    .execute()
}

/** False if it had none like that. */
export async function removeAlias(actor: string, url: string): Promise<boolean> {
  const app = await useApp()
  const done = await app
    .deleteFrom('fediverse_aliases')
    .where('actor', '=', actor)
    .where('url', '=', url)
    .executeTakeFirst()
  return Number(done.numDeletedRows) > 0
}
