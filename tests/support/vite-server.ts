/**
 * Resolves the server's special imports for vitest, as the build does: listed consumers, worker
 * threads, and a stand-in for Nitro.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'vitest/config'
import { listConsumers } from '../../modules/consumers.ts'
import { bundleThread } from '../../modules/threads.ts'

const root = join(import.meta.dirname, '../..')
const bundles = join(root, 'node_modules/.cache/mymovies-threads')
const THREAD = '?thread'
const MARK = '\0thread:'
/** Computed when the app is built, but in tests when they are imported. */
const PREPARED: Record<string, string> = {
  '#samples': `import { readSamples } from '${root}/server/imports/samples/read-samples'\nexport default readSamples('${root}/content/reviews')`,
  '#films': `import { readFilms } from '${root}/server/sources/film-catalogue'\nexport default readFilms()`,
  '#typefaces': `import { readTypefaces } from '${root}/server/media/pictures/read-typefaces'\nexport default readTypefaces('${root}')`,
}

export const serverImports: Plugin = {
  name: 'server-imports',
  enforce: 'pre',
  config: () => ({ resolve: { alias: { '~': root } } }),
  resolveId(id, from) {
    if (id === '#projections' || id === '#reactors' || id in PREPARED) return `\0${id}`
    // The file that packages which are not bundled import; a second copy would be another GraphQL.
    if (id === 'graphql') return join(root, 'node_modules/graphql/index.js')
    if (id === 'nitropack/runtime') return join(root, 'tests/support/nitro.ts')
    if (id.endsWith(THREAD))
      return MARK + resolve(from ? join(from, '..') : root, id.slice(0, -THREAD.length))
  },
  async load(id) {
    if (id === '\0#projections' || id === '\0#reactors')
      return listConsumers(join(root, 'server'), id.slice(2))
    if (id.slice(1) in PREPARED) return PREPARED[id.slice(1)]
    if (id.startsWith(MARK))
      return `export default ${JSON.stringify(await bundled(id.slice(MARK.length)))}`
  },
}

/** The URL of a worker's bundle, stored under a hash of its content. */
async function bundled(worker: string): Promise<string> {
  const { text } = (await bundleThread(worker, root)).outputFiles[0]!
  const file = join(
    bundles,
    `${basename(worker, '.ts')}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.mjs`,
  )
  mkdirSync(bundles, { recursive: true })
  writeFileSync(`${file}.${process.pid}`, text)
  renameSync(`${file}.${process.pid}`, file)
  return pathToFileURL(file).href
}
