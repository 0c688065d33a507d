/** Registers consumers by folder: every file in server/projections and server/reactors is listed in #projections and #reactors. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { addTypeTemplate, defineNuxtModule } from 'nuxt/kit'

const FAMILIES = ['projections', 'reactors'] as const

/** The source of a virtual module that lists all files of a folder: `export default [a, b, …]`. */
export function listConsumers(serverDir: string, family: string): string {
  const files = filesOf(join(serverDir, family))
  return (
    files
      .map((f, i) => `import c${i} from ${JSON.stringify(join(serverDir, family, f))}`)
      .join('\n') + `\nexport default [${files.map((_, i) => `c${i}`).join(', ')}]\n`
  )
}

export default defineNuxtModule({
  meta: { name: 'consumers' },
  async setup(_, nuxt) {
    const serverDir = join(nuxt.options.rootDir, 'server')
    nuxt.options.nitro.virtual ??= {}
    for (const family of FAMILIES)
      nuxt.options.nitro.virtual[`#${family}`] = () => listConsumers(serverDir, family)
    addTypeTemplate(
      {
        filename: 'types/consumers.d.ts',
        getContents: () => `
declare module '#projections' { const all: import('${serverDir}/read-models/define-projection').Projection[]; export default all }
declare module '#reactors' { const all: import('${serverDir}/delivery/contract/define-reactor').Reactor[]; export default all }
declare module '*?thread' { const url: string; export default url }`,
      },
      { nitro: true, nuxt: true, node: true },
    )
    nuxt.hook('builder:watch', (event, path) => {
      if (
        (event === 'add' || event === 'unlink') &&
        /server\/(?:projections|reactors)\//.test(path)
      )
        void nuxt.callHook('restart')
    })
  },
})

const filesOf = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter(f => /^[\w-]+\.ts$/.test(f))
        .sort()
    : []
