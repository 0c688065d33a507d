/** What app.sqlite knows of an upload: who sent it, and whether it was withdrawn for good. */
import { appReadOnly, useApp } from '../../db/open'

export const isRemoved = async (id: string) => Boolean((await rowOf(id))?.removed_at)

/** The id of who uploaded it; undefined if nobody did. */
export const uploaderOf = async (id: string) => (await rowOf(id))?.actor

async function rowOf(id: string) {
  await useApp() // creates the file that appReadOnly() opens
  return appReadOnly()
    .selectFrom('uploads')
    .select(['actor', 'removed_at'])
    .where('id', '=', id)
    .executeTakeFirst()
}
