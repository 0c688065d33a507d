/** Whom we do not listen to: a person, by their address, or a whole server, by its host. */
import { appReadOnly, useApp } from '../../../db/open'
import { forgetPages, removeReactionsOf } from './store'

export interface Block {
  who: string
  /** As editors read it: a handle, or the host. */
  name: string
}

/** From now on; what came from them before is removed, and they are told of nothing any more. */
export async function block({ who, name }: Block, by: string, now: number) {
  const column = URL.canParse(who) && who.includes('//') ? 'actor' : 'host'
  const app = await useApp()
  await app.transaction().execute(async tx => {
    await tx
      .insertInto('fediverse_blocks')
      .values({ who, name, by, at: now })
      .onConflict(there => there.doNothing())
      .execute()
    await removeReactionsOf(tx, column, who)
    await tx.deleteFrom('fediverse_followers').where(column, '=', who).execute()
  })
  forgetPages()
}

/** They may follow and reply again; what was removed does not come back. False if they were not blocked. */
export async function unblock(who: string): Promise<boolean> {
  const app = await useApp()
  const done = await app.deleteFrom('fediverse_blocks').where('who', '=', who).executeTakeFirst()
  return Number(done.numDeletedRows) > 0
}

export async function isBlocked({ id, host }: { id: string; host: string }): Promise<boolean> {
  const row = await appReadOnly()
    .selectFrom('fediverse_blocks')
    .select('who')
    .where('who', 'in', [id, host])
    .executeTakeFirst()
  return row !== undefined
}

/** Newest first. */
export const listBlocks = (): Promise<(Block & { by: string; at: number })[]> =>
  appReadOnly()
    .selectFrom('fediverse_blocks')
    .selectAll()
    .orderBy('at', 'desc')
    .limit(500)
    .execute()
