/** Unit and contract tests; the server itself is tested through its front door by tests/e2e. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { defineConfig } from 'vitest/config'
import { listConsumers } from './modules/consumers'
import { bundleThread } from './modules/threads'

const root = import.meta.dirname
const scratch = mkdtempSync(join(tmpdir(), 'mymovies-threads-'))

export default defineConfig({
  plugins: [{
    name: 'house',
    enforce: 'pre',
    resolveId(id, from) {
      if (id === '#projections' || id === '#reactors') return `\0${id}`
      if (id === 'nitropack/runtime') return join(root, 'tests/support/nitro.ts')
      if (id.endsWith('?thread')) return `\0thread:${resolve(from ? join(from, '..') : root, id.slice(0, -'?thread'.length))}`
    },
    async load(id) {
      if (id === '\0#projections' || id === '\0#reactors') return listConsumers(join(root, 'server'), id.slice(2))
      if (!id.startsWith('\0thread:')) return
      const file = join(scratch, `${basename(id, '.ts')}.mjs`)
      writeFileSync(file, (await bundleThread(id.slice('\0thread:'.length), root)).outputFiles[0]!.text)
      return `export default ${JSON.stringify(pathToFileURL(file).href)}`
    },
  }],
  test: { include: ['tests/**/*.test.ts'], exclude: ['tests/e2e/**', 'node_modules/**'], testTimeout: 20_000, pool: 'threads' },
})
