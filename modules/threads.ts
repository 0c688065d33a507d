/** `import url from './x.worker.ts?thread'` gives the URL of a worker thread's own bundle, in the build and in `nuxt dev`. */
import { basename, posix } from 'node:path'
import { build } from 'esbuild'
import { defineNuxtModule } from 'nuxt/kit'
import type { Plugin } from 'rollup'

const MARK = '\0thread:'
const banner = {
  js: 'import{createRequire as __threadRequire}from"node:module";const require=__threadRequire(import.meta.url);',
}

/** The bundle of one worker file, with everything it imports inside. */
export function bundleThread(file: string, rootDir: string, alias: Record<string, string> = {}) {
  return build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    alias,
    absWorkingDir: rootDir,
    banner,
  })
}

export default defineNuxtModule({
  meta: { name: 'threads' },
  setup(_, nuxt) {
    const plugin: Plugin = {
      name: 'threads',
      async resolveId(id, from) {
        if (!id.endsWith('?thread')) return null
        const found = await this.resolve(id.slice(0, -'?thread'.length), from, { skipSelf: true })
        return found && MARK + found.id
      },
      async load(id) {
        if (!id.startsWith(MARK)) return null
        const file = id.slice(MARK.length)
        const name = `workers/${basename(file, '.ts')}.mjs`
        const bundle = await bundleThread(file, nuxt.options.rootDir, nuxt.options.alias)
        for (const input in bundle.metafile.inputs)
          this.addWatchFile(`${nuxt.options.rootDir}/${input}`)
        this.emitFile({ type: 'asset', fileName: name, source: bundle.outputFiles[0]!.text })
        return `export default __thread("${name}")`
      },
      // Last, because Nitro rewrites `import.meta.url` to something that is set only after the chunks have run.
      generateBundle(_options, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === 'chunk')
            chunk.code = chunk.code.replaceAll(
              /__thread\("([^"]+)"\)/g,
              (_, name: string) =>
                `new URL("${posix.relative(posix.dirname(chunk.fileName), name)}", import.meta.url).href`,
            )
        }
      },
    }
    // A setting, not a hook: the prerenderer builds the same server with its own Nitro, which inherits settings only.
    nuxt.options.nitro.rollupConfig = {
      output: {},
      ...nuxt.options.nitro.rollupConfig,
      plugins: [plugin],
    }
  },
})
