/** The manifest of a backup: what it contains, where its log ends, and the hash of each file. */
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { KEYS } from '../log/sealing/key-file'
import { Complaint } from './command'

export const MANIFEST = 'manifest.json'
const FORMAT = 'mymovies-backup'
const VERSION = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)
/** Our names for pictures and secrets; no path in a manifest leads out of its folder. */
const NAME = /^(?!\.)[\w.-]+$/
const path = z.string().refine(file => {
  const [folder, name, ...more] = file.split('/')
  return name === undefined
    ? ['log.sqlite', KEYS, 'app.sqlite'].includes(file)
    : ['uploads', 'secrets'].includes(folder!) && isOurName(name) && !more.length
})
const shape = z.strictObject({
  format: z.literal(FORMAT),
  version: z.int().min(1),
  at: z.iso.datetime(),
  /** Where the log ends. */
  log: z.strictObject({ position: count, hash: sha256 }),
  /** For log.sqlite the version of its tables; for app.sqlite its newest migration. */
  versions: z.strictObject({ log: count, app: z.string() }),
  files: z.record(path, z.strictObject({ bytes: count, sha256 })),
})

/** Whether a file with this name in uploads or secrets can be one of ours. */
export const isOurName = (name: string) => NAME.test(name)

export type Manifest = z.output<typeof shape>

export const manifest = (contents: Omit<Manifest, 'format' | 'version'>): Manifest => ({
  format: FORMAT,
  version: VERSION,
  ...contents,
})

/** Throws Complaint for a folder without a backup, or with one that this release cannot read. */
export function readManifest(dir: string): Manifest {
  const file = join(dir, MANIFEST)
  let found: unknown
  try {
    found = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Complaint(
      error instanceof SyntaxError
        ? `${file} is not valid JSON: this backup is damaged.`
        : `${dir} is not a backup: it has no readable ${MANIFEST}.`,
    )
  }
  if (Number((found as Partial<Manifest> | null)?.version) > VERSION)
    throw new Complaint(
      `The backup in ${dir} was made by a newer release. Restore it with that one.`,
    )
  const read = shape.safeParse(found)
  if (!read.success || !read.data.files['log.sqlite'] || !read.data.files['app.sqlite'])
    throw new Complaint(`${file} is not the manifest of a backup.`)
  return read.data
}

export async function describeFile(file: string): Promise<Manifest['files'][string]> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer)
  return { bytes: statSync(file).size, sha256: hash.digest('hex') }
}
