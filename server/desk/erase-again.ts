/** Erases again what an older backup or an older export brought back, and finishes what a crash interrupted. */
import { rewriteInPlace } from '../db/erase-traces'
import { useApp } from '../db/open'
import { useLog } from '../log'
import { load } from '../log/handle-command'
import { ERASED_REASON } from '../review/texts'
import { dropUnlessErased, eraseReview, finishErasure } from './erase-review'
import { eraseRows } from './erasing/erase-rows'
import { listedAsErased } from './erasing/erased-list'
import { runCommand } from './review-commands'

const AGAIN = { name: 'erased-reviews.txt' }

/** Returns the ids of the reviews that it erased. Call it once the read models are up to date. */
export async function eraseAgain(): Promise<string[]> {
  await finishErasures()
  const again: string[] = []
  for (const id of listedAsErased()) {
    const isErased = await eraseIfBack(id).catch((error: Error) => {
      console.error(`review ${id} is readable again and could not be erased: ${error.message}`)
    })
    if (isErased) again.push(id)
  }
  return again
}

async function finishErasures() {
  const app = await useApp()
  const unfinished = await app
    .selectFrom('erasures')
    .select('review_id')
    .where('finished_at', 'is', null)
    .execute()
  for (const { review_id: id } of unfinished)
    await finishUnlessDropped(id).catch((error: Error) => {
      console.error(`the erasure of review ${id} could not be finished: ${error.message}`)
    })
}

async function finishUnlessDropped(id: string) {
  if (!(await dropUnlessErased(id))) await finishErasure(id)
}

/** It may be public in an older backup, or still a draft. */
async function eraseIfBack(id: string): Promise<boolean> {
  const { state } = await load(useLog(), id)
  if (state.status === 'none' || state.erased) return false
  if (state.status === 'draft' || state.status === 'scheduled') return eraseDraft(id)
  const now = new Date().toISOString()
  if (state.status === 'published')
    await runCommand(id, AGAIN, () => ({
      type: 'ArchiveReview',
      data: { reason: ERASED_REASON, forGood: true },
      now,
    }))
  await eraseReview(id, AGAIN)
  return true
}

/** False if the draft has no text. */
async function eraseDraft(id: string): Promise<boolean> {
  const app = await useApp()
  const copy = await app
    .selectFrom('working_copies')
    .select('review_id')
    .where('review_id', '=', id)
    .executeTakeFirst()
  if (!copy) return false
  const now = new Date().toISOString()
  await runCommand(id, AGAIN, () => ({ type: 'CancelSchedule', data: {}, now }))
  await eraseRows(app, id, [])
  await rewriteInPlace(app)
  return true
}
