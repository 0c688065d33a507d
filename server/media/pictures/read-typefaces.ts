/**
 * The typefaces of our pictures, read from their packages when the app is built: each face in all
 * scripts that it has.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Face } from '../../../shared/card/scene'

/**
 * Base64 of WOFF 2 files of one weight, in the order in which they are searched for a letter. (The
 * variable fonts that pages use hold all weights, and fontkit cannot pick one in WOFF 2.)
 */
export type Typefaces = Record<Face, string[]>

const FILES: Record<Face, [family: string, style: string]> = {
  title: ['brygada-1918', '500-italic'],
  voice: ['brygada-1918', '500-normal'],
  hands: ['archivo', '500-normal'],
}
const SCRIPTS = ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic', 'cyrillic-ext']

/** `rootDir` is the folder of node_modules. */
export function readTypefaces(rootDir: string): Typefaces {
  const read = ([family, style]: [string, string]) =>
    SCRIPTS.map(script =>
      join(rootDir, `node_modules/@fontsource/${family}/files/${family}-${script}-${style}.woff2`),
    )
      .filter(existsSync)
      .map(file => readFileSync(file, 'base64'))
  return { title: read(FILES.title), voice: read(FILES.voice), hands: read(FILES.hands) }
}
