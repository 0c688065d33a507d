/** Deletes uploads: for good, so that the name stays taken, or until somebody sends the picture again. */
import { rm } from 'node:fs/promises'
import { useApp } from '../../db/open'
import { uploadPath } from './store'

/** For good. Its row first, so that a crash in between leaves no picture that is still served. */
export async function removeUpload(id: string) {
  const app = await useApp()
  await app
    .updateTable('uploads')
    .set({ removed_at: Date.now() })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute()
  await deleteFiles(id)
}

/** Nobody uses it any more; whoever sends the same picture again can use it again. */
export async function dropUpload(id: string) {
  await deleteFiles(id)
  // Last, so that a crash in between leaves a row to try again with.
  const app = await useApp()
  await app.deleteFrom('uploads').where('id', '=', id).where('removed_at', 'is', null).execute()
}

async function deleteFiles(id: string) {
  for (const ending of ['webp', 'jpg']) await rm(uploadPath(`${id}.${ending}`), { force: true })
}
