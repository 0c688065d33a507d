/** Adds what Nuxt adds to a component, for vitest: functions and components without an import. */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import unimport from 'unimport/unplugin'
import type { Plugin } from 'vitest/config'

const root = join(import.meta.dirname, '../..')

const NUXT_FUNCTIONS = [
  'callOnce',
  'createError',
  'navigateTo',
  'useAsyncData',
  'useFetch',
  'useHead',
  'useRequestEvent',
  'useRoute',
  'useSeoMeta',
  'useState',
]

/**
 * @nuxt/test-utils would start a Nuxt app for every file, which takes seconds and would pull in the
 * server half too. A component needs only its imports: those of Vue and ours are the real ones,
 * those of Nuxt itself come from a stand-in.
 */
export const nuxtImports = (): Plugin[] =>
  [
    vue(),
    components(),
    typefaces(),
    unimport.vite({
      presets: [
        'vue',
        { from: join(root, 'tests/components/support/nuxt-app.ts'), imports: NUXT_FUNCTIONS },
      ],
      dirs: [join(root, 'composables'), join(root, 'utils')],
      addons: { vueTemplate: true },
      dts: false,
    }) as Plugin,
  ].flat()

/** Typefaces exist once the app is built; a component only needs an address. */
const typefaces = (): Plugin => ({
  name: 'typefaces',
  enforce: 'pre',
  resolveId: id => (id.startsWith('@typefaces/') ? `\0${id}` : undefined),
  load: id => (id.startsWith('\0@typefaces/') ? 'export default "/typeface.woff2"' : undefined),
})

/** Components by their names in templates: `review/Margin.vue` is <ReviewMargin>. */
function components(): Plugin {
  const files = globSync('components/**/*.{vue,ts}', { cwd: root })
  const paths = new Map(files.map(file => [nameOf(file), join(root, file)]))
  return {
    name: 'nuxt-components',
    transform(code, id) {
      if (!id.endsWith('.vue')) return
      const found = new Map<string, string>()
      const resolved = code.replace(/_resolveComponent\("(\w+)"\)/g, (call, name: string) => {
        const path = paths.get(name)
        if (!path) return call
        found.set(name, path)
        return `_component_file_${name}`
      })
      const imports = [...found].map(
        ([name, path]) => `import _component_file_${name} from ${JSON.stringify(path)};`,
      )
      return imports.join('') + resolved
    },
  }
}

function nameOf(file: string) {
  const parts = file.replace(/^components\/|\.(?:vue|ts)$/g, '').split('/')
  return parts.map(part => part[0]!.toUpperCase() + part.slice(1)).join('')
}
