/** Withdraws an upload for good: its files are deleted, and its name stays taken. */
import { rm } from 'node:fs/promises'
import { useApp } from '../../db/open'
import { uploadPath } from './store'

/** Its row first, so that a crash in between leaves no picture that is still served. */
export async function removeUpload(id: string) {
  const app = await useApp()
  await app
    .updateTable('uploads')
    .set({ removed_at: Date.now() })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .execute()
  for (const ending of ['webp', 'jpg']) await rm(uploadPath(`${id}.${ending}`), { force: true })
}
