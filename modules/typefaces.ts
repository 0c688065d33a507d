/** Cuts the typefaces of pages when the app is built: into the letters that English pages use, which every first visit loads, and the rest of Latin. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineNuxtModule } from 'nuxt/kit'
import subset from 'subset-font'

/** `family-style`, as in the names of the files. */
const FACES = ['brygada-1918-normal', 'brygada-1918-italic', 'archivo-normal']
const WEIGHTS = { wght: { min: 400, max: 700 } }

/** The files by name; assets/fonts.css says which letters belong to which. */
async function cutTypefaces(rootDir: string): Promise<Map<string, Buffer>> {
  const sheet = await readFile(join(rootDir, 'assets/fonts.css'), 'utf8')
  const files = new Map<string, Buffer>()
  for (const face of FACES) {
    const [, family, style] = /^(.+)-(\w+)$/.exec(face)!
    const folder = join(rootDir, `node_modules/@fontsource-variable/${family}/files`)
    const whole = await readFile(join(folder, `${family}-latin-wght-${style}.woff2`))
    for (const cut of ['core', 'latin']) {
      const file = `${face}-${cut}.woff2`
      const letters = lettersOf(sheet, file)
      const options = { targetFormat: 'woff2', variationAxes: WEIGHTS } as const
      files.set(file, await subset(whole, letters, options))
    }
  }
  return files
}

/** The letters in the unicode-range of the rule that loads this file. */
function lettersOf(sheet: string, file: string): string {
  const rule = sheet.slice(sheet.indexOf(file))
  const range = rule.slice(rule.indexOf('unicode-range'), rule.indexOf(';\n}'))
  return [...range.matchAll(/U\+([\dA-F]+)(?:-([\dA-F]+))?/g)]
    .flatMap(([, from, to]) =>
      between(Number.parseInt(from!, 16), Number.parseInt(to ?? from!, 16)),
    )
    .map(code => String.fromCodePoint(code))
    .join('')
}

const between = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

export default defineNuxtModule({
  meta: { name: 'typefaces' },
  setup(_, nuxt) {
    const dir = join(nuxt.options.buildDir, 'typefaces')
    nuxt.options.alias['@typefaces'] = dir
    nuxt.hook('build:before', async () => {
      await mkdir(dir, { recursive: true })
      for (const [name, bytes] of await cutTypefaces(nuxt.options.rootDir))
        await writeFile(join(dir, name), bytes)
    })
  },
})
