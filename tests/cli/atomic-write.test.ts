/** A command's output appears completely or not at all, however the command ends. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { withTemporary, writeAtomically } from '../../server/cli/atomic-write'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mymovies-write-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

it('a file has its name only once it is complete', async () => {
  const place = join(folder, 'export.ndjson')
  const answer = await writeAtomically(place, 'file', async draft => {
    writeFileSync(draft, 'half')
    expect(existsSync(place)).toBe(false)
    writeFileSync(draft, 'whole')
    return 'done'
  })
  expect(answer).toBe('done')
  expect(readFileSync(place, 'utf8')).toBe('whole')
  expect(readdirSync(folder)).toEqual(['export.ndjson'])
})

it('a folder is readable only by its owner, and so are the folders created above it', async () => {
  const place = join(folder, 'backups/monday')
  await writeAtomically(place, 'folder', async draft => writeFileSync(join(draft, 'a'), '1'))
  expect(readdirSync(place)).toEqual(['a'])
  expect([place, join(folder, 'backups')].map(path => statSync(path).mode & 0o777)).toEqual([
    0o700, 0o700,
  ])
})

it.each(['file', 'folder'] as const)('a %s that fails leaves nothing behind', async kind => {
  const place = join(folder, 'x')
  const failing = writeAtomically(place, kind, async draft => {
    writeFileSync(kind === 'file' ? draft : join(draft, 'a'), 'half')
    throw new Error('no more')
  })
  await expect(failing).rejects.toThrow('no more')
  expect(readdirSync(folder)).toEqual([])
})

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s removes the draft and ends the process',
  async signal => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
    const draft = join(folder, 'draft')
    await withTemporary(draft, async () => {
      mkdirSync(draft)
      process.emit(signal)
      expect(existsSync(draft)).toBe(false)
    })
    expect(exit).toHaveBeenCalledExactlyOnceWith(130)
  },
)

it('stops listening for signals when it is done', async () => {
  const before = process.listenerCount('SIGINT')
  await withTemporary(join(folder, 'draft'), async () => {
    expect(process.listenerCount('SIGINT')).toBe(before + 1)
  })
  expect(process.listenerCount('SIGINT')).toBe(before)
})
