/**
 * Stores pictures as files in NUXT_DATA_DIR/uploads, named by their content, so that a name means
 * the same picture for ever.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { settings } from '../../config/settings'
import { useApp } from '../../db/open'
import { refuse } from '../../http/problem'
import type { Picture } from './re-encode'
import { isRemoved } from './row'

const folder = () => join(settings().dataDir, 'uploads')
export const uploadPath = (name: string) => join(folder(), name)
const NAME = /^[0-9a-f]{32}\.(webp|jpg)$/
const TYPES = { webp: 'image/webp', jpg: 'image/jpeg' } as const

/**
 * Both files are on disk before their row is; the same picture again changes nothing. Returns the
 * path that pages use. Throws a 422 if the picture was withdrawn for good.
 */
export async function storeUpload(
  { webp, jpeg, width, height }: Picture,
  actor: string,
): Promise<string> {
  const id = createHash('sha256').update(webp).digest('hex').slice(0, 32)
  if (await isRemoved(id)) refuse('file', 'was withdrawn for good and cannot be used again')
  await mkdir(folder(), { recursive: true })
  await write(`${id}.webp`, webp)
  await write(`${id}.jpg`, jpeg)
  const row = {
    id,
    file: `${id}.webp`,
    width,
    height,
    bytes: webp.length + jpeg.length,
    actor,
    at: Date.now(),
  }
  await (
    await useApp()
  )
    .insertInto('uploads')
    .values(row)
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return `/uploads/${id}.webp`
}

/** A picture by its name; undefined for a name that is not one of ours or a missing file. */
export async function findUpload(
  name: string,
): Promise<{ type: string; bytes: number; read: () => ReadStream } | undefined> {
  const kind = NAME.exec(name)?.[1] as keyof typeof TYPES | undefined
  const file = kind && uploadPath(name)
  const found = file && (await stat(file).catch(() => undefined))
  return found
    ? { type: TYPES[kind], bytes: found.size, read: () => createReadStream(file) }
    : undefined
}

/** Writes the whole file or nothing. */
async function write(name: string, bytes: Buffer) {
  const draft = join(folder(), `.${name}-${randomUUID()}`)
  const file = await open(draft, 'w')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, uploadPath(name))
}
