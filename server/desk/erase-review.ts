/**
 * Erases an archived review: the keys of its texts are destroyed, and what was derived from them is
 * deleted everywhere else. Other commands keep the past; this one is for when the law asks for less.
 */
import { join } from 'node:path'
import { settings } from '../config/settings'
import { rewriteInPlace } from '../db/erase-traces'
import { appReadOnly, useApp } from '../db/open'
import { Problem } from '../http/problem'
import { useLog } from '../log'
import { type Handled, load, streamOf } from '../log/handle-command'
import { removeUpload } from '../media/uploads/remove'
import { erasedSlug } from '../queries/erased-slug'
import { reviewsShowing } from '../queries/posters'
import { useViews } from '../queries/views'
import { eraseRemovedWords } from '../read-models/erase-words'
import { readModelsPassed, rebuildsDone } from '../read-models/use-projector'
import { eraseRows } from './erasing/erase-rows'
import { listAsErased } from './erasing/erased-list'
import { withoutKeptEmails } from './erasing/kept-emails'
import { type Written, writtenTexts } from './erasing/written-texts'
import { type Actor, type CommandOptions, runCommand } from './review-commands'

const UP_TO_DATE_MS = 30_000

/**
 * Resolves once nothing of the text is left in the data folder. Throws a 409 for a review that is not
 * archived, or whose texts are not sealed. Can be repeated.
 */
export async function eraseReview(
  id: string,
  actor: Actor,
  options: CommandOptions = {},
): Promise<Handled> {
  const { state, events } = await load(useLog(), id)
  let written: Written | undefined
  if (state.status === 'archived' && !state.erased) {
    await requireSealed(id)
    written = await writtenTexts(await useApp(), id, events)
    await noteErasure(id, actor, written)
  }
  const handled = await runCommand(
    id,
    actor,
    loaded => ({
      type: 'EraseReview',
      data: { slug: erasedSlug(loaded.state.slug ?? id) },
      now: new Date().toISOString(),
    }),
    options,
  ).catch(async (error: Error) => {
    await dropUnlessErased(id)
    throw error
  })
  await finishErasure(id, written?.phrases)
  return handled
}

async function requireSealed(id: string) {
  if (await useLog().isSealed(streamOf(id))) return
  throw new Problem(
    409,
    'The text is not sealed',
    'This review was written before texts were sealed on the log. Stop the server, run `npm run mymovies -- seal`, start it again, and erase the review then.',
  )
}

/** Before the event, so that a crash after it leaves a note of what is still to be done. */
async function noteErasure(id: string, { name }: Actor, { posters }: Written) {
  const app = await useApp()
  await app
    .insertInto('erasures')
    .values({
      review_id: id,
      at: Date.now(),
      actor: name,
      posters: JSON.stringify(posters),
      finished_at: null,
    })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

/** Drops the note of an erasure whose event never reached the log: nobody was told of it. */
export async function dropUnlessErased(id: string): Promise<boolean> {
  const { state } = await load(useLog(), id)
  if (state.erased) return false
  const app = await useApp()
  await app.deleteFrom('erasures').where('review_id', '=', id).execute()
  return true
}

/** Everything after the event; can be repeated. `phrases` are what other rows may quote of the text. */
export async function finishErasure(id: string, phrases?: string[]) {
  const app = await useApp()
  listAsErased(id)
  await useLog().erase(streamOf(id))
  await withoutKeptEmails(app, id, phrases ?? [])
  await eraseRows(app, id, phrases ?? [])
  await removePosters(id)
  // Looking for the phrases would miss a piece that SQLite left across two pages.
  await rewriteInPlace(app)
  await requireUpToDate()
  await rebuildsDone() // one that began earlier may have read the text
  await eraseRemovedWords(join(settings().dataDir, 'views.sqlite'))
  await app
    .updateTable('erasures')
    .set({ finished_at: Date.now() })
    .where('review_id', '=', id)
    .execute()
}

/** Their rows must be gone before the file is cleared of what they held. */
async function requireUpToDate() {
  if (!(await readModelsPassed(await useLog().head(), UP_TO_DATE_MS)))
    throw new Error(
      'the read models did not follow the erasure in time; it goes on at the next start',
    )
}

/** Those that no other review shows, and no other draft has. */
async function removePosters(id: string) {
  const row = await appReadOnly()
    .selectFrom('erasures')
    .select('posters')
    .where('review_id', '=', id)
    .executeTakeFirst()
  for (const poster of JSON.parse(row?.posters ?? '[]') as string[]) {
    const elsewhere = await appReadOnly()
      .selectFrom('working_copies')
      .select('review_id')
      .where('fields', 'like', `%/uploads/${poster}.%`)
      .executeTakeFirst()
    if (!elsewhere && !(await reviewsShowing(useViews(), poster)).length) await removeUpload(poster)
  }
}
