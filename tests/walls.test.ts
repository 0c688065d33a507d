/** The walls of the house: a written prohibition does not hold, a test does. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser'
import { beforeAll, describe, expect, it } from 'vitest'

interface Walls extends Required<Pick<IConfiguration, 'forbidden' | 'options'>> {
  ROOMS: Record<string, string[]>
  DOORS: string[]
}

const root = join(import.meta.dirname, '..')
const { ROOMS, DOORS, forbidden, options } = createRequire(import.meta.url)(
  '../.dependency-cruiser.cjs',
) as Walls
const CRUISED = ['server', 'shared', 'pages', 'components', 'composables', 'layouts']

describe('imports point one way', () => {
  let result: ICruiseResult
  beforeAll(async () => {
    const rules = {
      ...options,
      ruleSet: { forbidden, options },
      validate: true,
      baseDir: root,
    }
    result = (await cruise(CRUISED, rules)).output as ICruiseResult
  }, 60_000)

  it('sees the house', () => {
    expect(result.summary.totalCruised).toBeGreaterThan(40)
    expect(
      result.modules
        .find(module => module.source === 'server/delivery/sending/plan-loop.ts')
        ?.dependencies.map(seen => seen.resolved),
    ).toContain('server/log/event-log.ts')
  })

  it.each(forbidden.map(rule => rule.name))('%s', name => {
    const breaches = result.summary.violations.filter(violation => violation.rule.name === name)
    expect(breaches.map(breach => `${breach.from} → ${breach.to}`)).toEqual([])
  })
})

describe('the list of rooms', () => {
  const rows = Object.keys(ROOMS)
  const folders = new Set(
    globSync('server/*/**/*.ts', { cwd: root }).map(file => file.split('/')[1]!),
  )

  it('has a row for every folder of server/, and no row without a folder', () => {
    const known = [...rows.map(row => row.split('/')[0]!), ...DOORS]
    expect([...new Set(known)].sort()).toEqual([...folders].sort())
    expect(rows.filter(row => !existsSync(join(root, 'server', row)))).toEqual([])
  })

  it('runs from the ground up: a row names only rows above it', () => {
    const above = (row: string, may: string) =>
      rows.slice(0, rows.indexOf(row)).some(other => other === may || other.startsWith(`${may}/`))
    const upwards = rows.flatMap(row =>
      ROOMS[row]!.filter(may => !above(row, may)).map(may => `${row} → ${may}`),
    )
    expect(upwards).toEqual([])
  })

  it('gives every folder of delivery/ and channels/ a row of its own', () => {
    const files = globSync('server/{delivery,channels}/*/**/*.ts', { cwd: root })
    const parts = new Set(files.map(file => file.split('/').slice(1, 3).join('/')))
    expect([...parts].filter(part => !ROOMS[part])).toEqual([])
    expect(globSync('server/{delivery,channels}/*.ts', { cwd: root })).toEqual([])
  })

  it('leaves three files outside of the rooms: what Nitro names', () => {
    expect(globSync('server/*.ts', { cwd: root }).sort()).toEqual([
      'server/error-handler.ts',
      'server/hooks.d.ts',
      'server/main.ts',
    ])
  })
})

describe.each(['projections', 'reactors'])('every file in %s has a test of its name', family => {
  it.each(globSync(`server/${family}/*.ts`, { cwd: root }).map(file => basename(file, '.ts')))(
    '%s',
    name => {
      expect(existsSync(join(root, `tests/${family}/${name}.test.ts`))).toBe(true)
    },
  )
  it('and a name that is a name, no helper lies there', () => {
    expect(globSync(`server/${family}/*/`, { cwd: root })).toEqual([])
  })
})

it('files are small enough to be read', () => {
  const files = globSync(
    '{server,shared,modules,bin,components,composables,pages,layouts}/**/*.{ts,mjs,vue}',
    { cwd: root },
  )
  const sizes = files
    .map(file => ({
      file,
      lines: readFileSync(join(root, file), 'utf8')
        .split('\n')
        .filter(line => line.trim()).length,
    }))
    .sort((a, b) => a.lines - b.lines)
  const at = (share: number) => sizes[Math.floor((sizes.length - 1) * share)]!.lines
  console.log(
    `${sizes.length} files, non-blank lines: median ${at(0.5)}, nine in ten at most ${at(0.9)}`,
  )
  expect(sizes.filter(({ file, lines }) => file.startsWith('server/') && lines > 220)).toEqual([])
})

it('names say what a thing is', () => {
  const vague = /(?:manager|service|helper|util|processor|handler2)s?(?:\.|-|$)/i
  expect(
    globSync('{server,shared,components,composables}/**/*.{ts,vue}', { cwd: root }).filter(file =>
      vague.test(basename(file)),
    ),
  ).toEqual([])
})

it('no file knows this machine', () => {
  const files = globSync(
    [
      '{server,shared,modules,bin,tests,components,composables,pages,layouts,content,bench,docs,.ci}/**/*',
      '*.{ts,json,mjs,cjs,vue,md}',
    ],
    { cwd: root, withFileTypes: true },
  )
  const text = (file: string) => readFileSync(file, 'utf8')
  const telling = files
    .filter(file => file.isFile() && !/\.(?:png|jpe?g|webp|woff2?|sqlite)$/.test(file.name))
    .map(file => join(file.parentPath, file.name))
    .filter(
      file =>
        file !== import.meta.filename && /\/work\/(?:wt|main|shared)\b|\/root\//.test(text(file)),
    )
  expect(telling).toEqual([])
})
