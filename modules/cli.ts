/** Builds the operator's command line together with the server: .output/cli.mjs, which needs nothing outside of .output. */
import { basename, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { defineNuxtModule } from 'nuxt/kit'
import { listConsumers } from './consumers'

export default defineNuxtModule({
  meta: { name: 'cli' },
  setup(_, nuxt) {
    if (nuxt.options.dev) return
    const { rootDir } = nuxt.options
    nuxt.hook('nitro:init', nitro => {
      nitro.hooks.hook('compiled', async () => {
        await build({
          entryPoints: [join(rootDir, 'server/cli/main.ts')],
          outfile: join(nitro.options.output.dir, 'cli.mjs'),
          bundle: true,
          platform: 'node',
          target: 'node24',
          format: 'esm',
          absWorkingDir: rootDir,
          logLevel: 'error',
          // It sends nothing and draws nothing, so packages that only parts or pictures load are left out.
          external: ['sharp', 'fontkit', '#typefaces', '@atproto/api'],
          banner: {
            js: 'import{createRequire as __cliRequire}from"node:module";const require=__cliRequire(new URL("./server/index.mjs",import.meta.url));',
          },
          plugins: [withoutNitro(join(rootDir, 'server'), nitro.options.runtimeConfig)],
        })
      })
    })
  },
})

/** Resolves the imports that Nitro's bundle resolves, without a Nitro app. */
const withoutNitro = (serverDir: string, runtimeConfig: object): Plugin => ({
  name: 'without-nitro',
  setup({ onResolve, onLoad }) {
    onResolve(
      { filter: /^nitropack\/runtime$|^#(?:projections|reactors)$|\?thread$/ },
      ({ path }) => ({ path, namespace: 'nitro' }),
    )
    onLoad({ filter: /./, namespace: 'nitro' }, ({ path }) => ({
      resolveDir: serverDir,
      contents: contents(path),
    }))
    function contents(path: string) {
      if (path.startsWith('#')) return listConsumers(serverDir, path.slice(1))
      if (path.endsWith('?thread'))
        return `export default new URL('./server/workers/${basename(path, '.ts?thread')}.mjs', import.meta.url).href`
      return `import { applyEnv } from 'nitropack/runtime/internal/utils.env'; const config = applyEnv(${JSON.stringify(runtimeConfig)}, { prefix: 'NITRO_', altPrefix: 'NUXT_' }); export const useRuntimeConfig = () => config`
    }
  },
})
