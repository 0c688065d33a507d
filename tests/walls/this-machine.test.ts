/** The project mentions nothing of the machine that it is written on. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { find, read, root } from './files'

const FOLDERS =
  '{server,shared,modules,bin,browser,utils,tests,components,composables,pages,layouts,content,bench,docs,examples,.ci}/**/*'
const BINARY = /\.(?:png|jpe?g|webp|woff2?|sqlite)$/
const TELLING = /\/work\/(?:wt|main|shared)\b|\/root\//

it('no file mentions this machine', () => {
  const texts = find(FOLDERS, '*.{ts,json,mjs,cjs,vue,md}').filter(
    file => !BINARY.test(file) && statSync(join(root, file)).isFile(),
  )
  const telling = texts.filter(
    file => file !== 'tests/walls/this-machine.test.ts' && TELLING.test(read(file)),
  )
  expect(telling).toEqual([])
})
