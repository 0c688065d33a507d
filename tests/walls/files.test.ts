/** Files are short enough to read, open with a sentence, and have names that say what they hold. */
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { find, read } from './files'

const SOURCES =
  '{server,shared,modules,bin,browser,utils,components,composables,pages,layouts,middleware}/**/*.{ts,mjs,vue}'
/** Non-blank lines, as Prettier leaves them. */
const MEDIAN = 45
const NINE_IN_TEN = 120
const MOST = 220
/** In characters. Prettier breaks lines at 100 where it can. */
const LONG_LINE = 140
/** Most long lines are sentences: a one-line comment, the words of an error. */
const MOST_LONG_SHARE = 0.015

interface Size {
  file: string
  lines: string[]
}

const sizes: Size[] = find(SOURCES)
  .map(file => ({
    file,
    lines: read(file)
      .split('\n')
      .filter(line => line.trim()),
  }))
  .sort((a, b) => a.lines.length - b.lines.length)

const at = (files: Size[], share: number) =>
  files[Math.floor((files.length - 1) * share)]!.lines.length

function longLines(files: Size[]) {
  const all = files.flatMap(({ lines }) => lines)
  const long = all.filter(line => line.length > LONG_LINE).length
  return { long, share: long / all.length }
}

function figures(name: string, files: Size[]): string {
  const { long, share } = longLines(files)
  return (
    `${name}: ${files.length} files, non-blank lines: median ${at(files, 0.5)}, ` +
    `nine in ten at most ${at(files, 0.9)}, longest ${at(files, 1)}; ` +
    `${long} lines over ${LONG_LINE} characters (${(share * 100).toFixed(1)} %)`
  )
}

describe('files of server/', () => {
  const files = sizes.filter(({ file }) => file.startsWith('server/'))
  console.log(`${figures('server/', files)}\n${figures('all of it', sizes)}`)

  it(`have a median of at most ${MEDIAN} lines`, () => {
    expect(at(files, 0.5)).toBeLessThanOrEqual(MEDIAN)
  })

  it(`have at most ${NINE_IN_TEN} lines in nine files out of ten`, () => {
    expect(at(files, 0.9)).toBeLessThanOrEqual(NINE_IN_TEN)
  })

  it(`have at most ${MOST_LONG_SHARE * 100} % of lines over ${LONG_LINE} characters`, () => {
    expect(longLines(files).share).toBeLessThanOrEqual(MOST_LONG_SHARE)
  })
})

it(`no source file has more than ${MOST} lines`, () => {
  const tooLong = sizes.filter(({ lines }) => lines.length > MOST)
  expect(tooLong.map(({ file, lines }) => `${file}: ${lines.length}`)).toEqual([])
})

it('a file opens with a sentence', () => {
  const opening = /^(?:#!.*\n)?(?:<!--|\/\*\*|\/\/|<script[^>]*>\n(?:\/\*\*|\/\/))/
  const files = find(
    '{server,shared,components,composables,utils,browser,pages,layouts}/**/*.{ts,vue}',
    '{middleware,modules,workers,bin,bench,tests}/**/*.{ts,mjs}',
    '*.{ts,mjs,vue}',
  )
  expect(files.filter(file => !opening.test(read(file)))).toEqual([])
})

it('names say what a thing is', () => {
  const vague = /(?:manager|service|helper|util|processor|handler2)s?(?:\.|-|$)/i
  const files = find('{server,shared,components,composables,utils}/**/*.{ts,vue}')
  expect(files.filter(file => vague.test(basename(file)))).toEqual([])
})
