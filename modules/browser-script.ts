/** Bundles the entry files of browser/ into the small, framework-free scripts that pages load, with the code they share with the server. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { defineNuxtModule } from 'nuxt/kit'

/**
 * Keys are the addresses that the scripts are served at. A shared worker and a service worker start as classic scripts, without imports;
 * live.js is also a shared worker, and fetches the other scripts when they are needed: front-page.js when the first review arrives, refresh.js when the page itself changed.
 */
const SCRIPTS = {
  theme: { entry: 'theme', format: 'iife' },
  live: { entry: 'live', format: 'iife' },
  'front-page': { entry: 'front-page', format: 'esm' },
  refresh: { entry: 'refresh', format: 'esm' },
  notifications: { entry: 'notifications', format: 'esm' },
  'wants-form': { entry: 'wants-form', format: 'esm' },
  sw: { entry: 'service-worker', format: 'iife' },
} as const

export type ScriptName = keyof typeof SCRIPTS

/** The text of the script served at /NAME.js. */
export async function bundleScript(name: ScriptName, root: string): Promise<string> {
  const { entry, format } = SCRIPTS[name]
  const { outputFiles } = await build({
    entryPoints: [join(root, `browser/${entry}.ts`)],
    write: false,
    bundle: true,
    minify: true,
    format,
    target: 'es2022',
    external: ['/front-page.js', '/refresh.js', '/notifications.js'],
  })
  return outputFiles[0]!.text
}

export default defineNuxtModule({
  meta: { name: 'browser-script' },
  setup(_, nuxt) {
    const dir = join(nuxt.options.buildDir, 'browser')
    nuxt.options.nitro.publicAssets = [
      ...(nuxt.options.nitro.publicAssets ?? []),
      { dir, maxAge: 0 },
    ]
    nuxt.hook('build:before', writeAll)
    nuxt.hook('builder:watch', async (_event, path) => {
      if (/^(?:browser|shared)\//.test(path)) await writeAll()
    })

    async function writeAll() {
      await mkdir(dir, { recursive: true })
      const names = Object.keys(SCRIPTS) as ScriptName[]
      await Promise.all(
        names.map(async name =>
          writeFile(join(dir, `${name}.js`), await bundleScript(name, nuxt.options.rootDir)),
        ),
      )
    }
  },
})
