/**
 * Deletes the files of posters that an edit took off the site. Kept are those that a review still has,
 * also an archived one, which may be restored, and those of a draft.
 */
import { sql } from 'kysely'
import { appReadOnly, useApp } from '../db/open'
import { startPolling } from '../kit/polling-loop'
import { useLog } from '../log'
import { dropUpload } from '../media/uploads/remove'
import { droppedPosters } from '../queries/posters'
import { useViews } from '../queries/views'
import { useProjector } from '../read-models/use-projector'

const EVERY_MS = 60_000

/** Nothing is deleted unless the read models know every event within a second. */
export async function dropUnusedPosters() {
  const projector = useProjector()
  const isBehind = !(await projector.passed(await useLog().head()))
  if (isBehind || projector.followers.some(({ parked, error }) => parked.size || error)) return
  const dropped = await droppedPosters(useViews())
  if (dropped.length) for (const id of await unusedAmong(dropped)) await dropUpload(id)
}

/** Those of which there is a file, and no working copy that mentions it. */
async function unusedAmong(ids: string[]): Promise<string[]> {
  await useApp() // creates the file that appReadOnly() opens
  const rows = await appReadOnly()
    .selectFrom('uploads')
    .select('id')
    .where(sql<boolean>`id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    .where('removed_at', 'is', null)
    .where(
      sql<boolean>`NOT EXISTS (SELECT 1 FROM working_copies WHERE instr(working_copies.fields, uploads.id) > 0)`,
    )
    .execute()
  return rows.map(row => row.id)
}

/** By the clock too: a draft that is published or changed lets go of its poster. Returns a function that stops it. */
export const startDroppingPosters = (): (() => Promise<void>) =>
  startPolling(
    () =>
      dropUnusedPosters().then(
        () => false,
        () => false,
      ),
    EVERY_MS,
  ).stop
