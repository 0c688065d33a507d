/** Data that is prepared once, at build time, and loaded at first use: the sample reviews (#samples), the films of the lookup (#films) and the typefaces of pictures (#typefaces). */
import { join } from 'node:path'
import { addTypeTemplate, defineNuxtModule } from 'nuxt/kit'
import { readSamples } from '../server/imports/samples/read-samples'
import { readTypefaces } from '../server/media/pictures/read-typefaces'
import { readFilms } from '../server/sources/film-catalogue'

export default defineNuxtModule({
  meta: { name: 'prepared' },
  setup(_, nuxt) {
    nuxt.options.nitro.virtual ??= {}
    Object.assign(nuxt.options.nitro.virtual, {
      '#samples': () => asModule(readSamples(join(nuxt.options.rootDir, 'content/reviews'))),
      '#films': () => asModule(readFilms()),
      '#typefaces': () => asModule(readTypefaces(nuxt.options.rootDir)),
    })
    addTypeTemplate(
      {
        filename: 'types/prepared.d.ts',
        getContents: () => `
declare module '#samples' { const samples: import('${nuxt.options.rootDir}/server/imports/samples/read-samples').Sample[]; export default samples }
declare module '#films' { const films: import('${nuxt.options.rootDir}/server/sources/film-catalogue').PackedFilm[]; export default films }
declare module '#typefaces' { const typefaces: import('${nuxt.options.rootDir}/server/media/pictures/read-typefaces').Typefaces; export default typefaces }`,
      },
      { nitro: true, nuxt: true, node: true },
    )
  },
})

/** Parsing a JSON string is faster than evaluating the same data as code. */
const asModule = (value: unknown) =>
  `export default JSON.parse(${JSON.stringify(JSON.stringify(value))})`
