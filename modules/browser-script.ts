/** The files of browser/ that pages load become /theme.js, /live.js and /front-page.js, small and without a framework; what they share with the server comes along. */
import { join } from 'node:path'
import { build } from 'esbuild'
import { defineNuxtModule } from 'nuxt/kit'

/** live.js is one block without imports, so that it also runs as a shared worker; it imports the others when they are needed: front-page.js when the first review arrives. */
const SCRIPTS = { theme: 'iife', live: 'iife', 'front-page': 'esm' } as const

export default defineNuxtModule({
  meta: { name: 'browser-script' },
  setup(_, nuxt) {
    const dir = join(nuxt.options.buildDir, 'browser')
    const write = () =>
      Promise.all(
        Object.entries(SCRIPTS).map(([name, format]) =>
          build({
            entryPoints: [join(nuxt.options.rootDir, `browser/${name}.ts`)],
            outfile: join(dir, `${name}.js`),
            bundle: true,
            minify: true,
            format,
            target: 'es2022',
            external: ['/front-page.js', '/notifications.js'],
          }),
        ),
      )
    nuxt.options.nitro.publicAssets = [
      ...(nuxt.options.nitro.publicAssets ?? []),
      { dir, maxAge: 0 },
    ]
    nuxt.hook('build:before', async () => {
      await write()
    })
    nuxt.hook('builder:watch', async (_event, path) => {
      if (/^(?:browser|shared)\//.test(path)) await write()
    })
  },
})
