/** One word for each thing: the words of docs/vocabulary.md are names in the code, and no name has a banned word. */
import { expect, it } from 'vitest'
import { BANNED, EXCEPT } from './banned-words'
import { find, read } from './files'
import { namesFrom, wordsOf } from './identifiers'

const names = namesFrom('{server,shared,composables,utils}/**/*.ts')

const inTests = namesFrom('{bench,tests}/**/*.ts')

const onScreen = namesFrom('{browser,components,pages,layouts}/**/*.{ts,vue}')
const folders = find('{server,shared,components}/**/').map(path => path.split('/').at(-1)!)
const spoken = new Set(
  [...names, ...onScreen]
    .map(({ name }) => name)
    .concat(folders)
    .map(wordsOf),
)

const vocabulary = [...read('docs/vocabulary.md').matchAll(/^\| ([^|]+) \| [^-]/gm)]
  .flatMap(row => row[1]!.split(', '))
  .filter(word => word !== 'word')

it.each(vocabulary)('"%s" is a name in the code', word => {
  const said = new RegExp(`\\b${word}s?\\b`)
  expect([...spoken].some(phrase => said.test(phrase))).toBe(true)
})

it('no word is in the vocabulary twice', () => {
  expect(vocabulary.filter((word, i) => vocabulary.indexOf(word) !== i)).toEqual([])
})

it.each(BANNED)('no name matches $pattern', ({ pattern, instead, everywhere }) => {
  const offenders = (everywhere ? [...names, ...onScreen, ...inTests] : names).filter(
    ({ name, file }) =>
      pattern.test(wordsOf(name)) &&
      !EXCEPT.some(except => except.name.test(name) && except.in.test(file)),
  )
  expect(
    offenders.map(({ name, file }) => `${name} in ${file}`),
    `say ${instead}`,
  ).toEqual([])
})
