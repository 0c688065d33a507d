/** Every folder of server/ is a room with a row in the walls and a sentence in the list of rooms. */
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { find, read, root } from './files'
import { DOORS, ROOMS } from './rooms'

const rows = Object.keys(ROOMS)

describe('the walls', () => {
  it('have a row for every folder of server/, and no row without a folder', () => {
    const folders = new Set(find('server/*/**/*.ts').map(file => file.split('/')[1]!))
    const known = [...rows.map(row => row.split('/')[0]!), ...DOORS]
    expect([...new Set(known)].sort()).toEqual([...folders].sort())
    expect(rows.filter(row => !existsSync(join(root, 'server', row)))).toEqual([])
  })

  it('run from the ground up: a row names only rows above it', () => {
    const above = (row: string, may: string) =>
      rows.slice(0, rows.indexOf(row)).some(other => other === may || other.startsWith(`${may}/`))
    const upwards = rows.flatMap(row =>
      ROOMS[row]!.filter(may => !above(row, may)).map(may => `${row} → ${may}`),
    )
    expect(upwards).toEqual([])
  })

  it('give every folder of delivery/ and channels/ its own row', () => {
    const files = find('server/{delivery,channels}/*/**/*.ts')
    const parts = new Set(files.map(file => file.split('/').slice(1, 3).join('/')))
    expect([...parts].filter(part => !ROOMS[part])).toEqual([])
    expect(find('server/{delivery,channels}/*.ts')).toEqual([])
  })

  it('leave only three files outside the rooms: those that Nitro requires', () => {
    expect(find('server/*.ts')).toEqual([
      'server/error-handler.ts',
      'server/hooks.d.ts',
      'server/main.ts',
    ])
  })
})

describe('docs/rooms.md', () => {
  const described = [...read('docs/rooms.md').matchAll(/^\| `([^`]+)\/` \| (.*) \|$/gm)]

  it('has a row for every room and door, and no other', () => {
    expect(described.map(row => row[1]!).sort()).toEqual([...rows, ...DOORS].sort())
  })

  it('says in a sentence what each is for', () => {
    const wordless = described.filter(row => !/^\p{Lu}.{20,}\.$/u.test(row[2]!))
    expect(wordless.map(row => row[0])).toEqual([])
  })
})

describe.each(['projections', 'reactors'])('every file in %s', family => {
  it.each(find(`server/${family}/*.ts`).map(file => basename(file, '.ts')))(
    '%s has a test of its name',
    name => {
      expect(existsSync(join(root, `tests/${family}/${name}.test.ts`))).toBe(true)
    },
  )

  it('is a file of its own: the folder has no subfolders', () => {
    expect(find(`server/${family}/*/`)).toEqual([])
  })
})
