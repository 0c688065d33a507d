/**
 * This process's views.sqlite: one connection that writes, one that reads, and what to do when
 * somebody deletes the file while they are open.
 */
import { rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { settings } from '../config/settings'
import { connect } from './connect'
import { onThisThread } from './dialect'
import { isDamaged } from './errors'

/** Queries that began on a file that was replaced end within this time. */
const QUERIES_UNDER_WAY_MS = 10_000

/**
 * Read models: on this thread, never waiting for the disk, so another connection must copy the
 * write-ahead log into the file (`checkpointOf`). A damaged file is thrown away.
 */
export function openViews<Tables>(file: string): Kysely<Tables> {
  // A row holds a whole review: with the usual 4 kB pages, most rows would take a page each and
  // leave it half empty.
  const options = { synchronous: 'NORMAL', checkpoints: false, pageSize: 8192 } as const
  try {
    return onThisThread(connect(file, options))
  } catch (error) {
    if (!isDamaged(error)) throw error
    removeFile(file)
    return onThisThread(connect(file, options))
  }
}

/** Both are opened at once, because a file that is deleted meanwhile must not be created by a reader. */
interface ViewsFile {
  writer: Kysely<unknown>
  reader: Kysely<unknown>
  /** What they have open, however the file is called by now. */
  inode: number | undefined
}
let open: ViewsFile | undefined
const replaced = new Map<ViewsFile, NodeJS.Timeout>()

export const viewsFile = () => resolve(settings().dataDir, 'views.sqlite')

/**
 * Only for the projector: a page that reads meanwhile sees the state before or after a batch, never
 * half of one.
 */
export const useViewsWriter = <Tables>() => (open ??= openFile()).writer as Kysely<Tables>

/** This process's views.sqlite for reading; `queries/` knows its tables. */
export const useViewsReader = <Tables>() => (open ??= openFile()).reader as Kysely<Tables>

/** True once the file was deleted, emptied or replaced: the open connections still have the old one. */
export const isViewsFileGone = () => open !== undefined && inodeOf(viewsFile()) !== open.inode

/** Another file under the same name; pages read the old one until it is adopted. */
export interface NewViewsFile<Tables> {
  views: Kysely<Tables>
  adopt: () => void
  close: () => Promise<void>
}

/**
 * Creates the file anew, unless another process has done so already. SQLite itself sees to it that closing the old one leaves the new one's
 * write-ahead log alone (SQLITE_FCNTL_HAS_MOVED).
 */
export function recreateViewsFile<Tables>(): NewViewsFile<Tables> {
  const isReplaced = isViewsFileGone() && inodeOf(viewsFile()) !== undefined
  if (!isReplaced) removeFile(viewsFile())
  const file = openFile()
  return {
    views: file.writer as Kysely<Tables>,
    adopt() {
      if (open) closeLater(open)
      open = file
    },
    close: () => closeFile(file),
  }
}

function openFile(): ViewsFile {
  const file = viewsFile()
  const [writer, reader] = [openViews<unknown>(file), openViews<unknown>(file)]
  return { writer, reader, inode: inodeOf(file) }
}

export async function closeViews() {
  const files = [...replaced.keys(), ...(open ? [open] : [])]
  for (const timer of replaced.values()) clearTimeout(timer)
  replaced.clear()
  open = undefined
  for (const file of files) await closeFile(file)
}

async function closeFile({ reader, writer }: ViewsFile) {
  await reader.destroy()
  await writer.destroy()
}

function closeLater(file: ViewsFile) {
  const timer = setTimeout(() => {
    replaced.delete(file)
    closeFile(file).catch((error: Error) => console.error(error.message))
  }, QUERIES_UNDER_WAY_MS)
  replaced.set(file, timer.unref())
}

/** Undefined for a file that is not there, or has nothing in it. */
function inodeOf(file: string): number | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  return found?.size ? found.ino : undefined
}

function removeFile(file: string) {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
}
