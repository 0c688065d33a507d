/** A backup's manifest is only accepted if it is one of ours, in a version that we know. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Complaint } from '../../server/cli/command'
import {
  describeFile,
  isOurName,
  MANIFEST,
  manifest,
  readManifest,
} from '../../server/cli/manifest'

const dir = mkdtempSync(join(tmpdir(), 'mymovies-manifest-'))
afterAll(() => rmSync(dir, { recursive: true }))

const sha256 = 'a'.repeat(64)
const contents = {
  at: '2026-11-30T10:00:00.000Z',
  log: { position: 3, hash: sha256 },
  versions: { log: 1, app: '0001-tables' },
  files: {
    'log.sqlite': { bytes: 1, sha256 },
    'app.sqlite': { bytes: 2, sha256 },
    'uploads/a.jpeg': { bytes: 3, sha256 },
    'secrets/verp': { bytes: 32, sha256 },
  },
}
const written = (content: unknown) => {
  writeFileSync(
    join(dir, MANIFEST),
    typeof content === 'string' ? content : JSON.stringify(content),
  )
  return dir
}

it('is read as it was written', () => {
  expect(readManifest(written(manifest(contents)))).toEqual(manifest(contents))
})

describe('what is refused', () => {
  const good = manifest(contents)
  const without = (name: string) =>
    Object.fromEntries(Object.entries(good.files).filter(([file]) => file !== name))
  const plus = (name: string) => ({
    ...good,
    files: { ...good.files, [name]: { bytes: 1, sha256 } },
  })
  it.each<[string, unknown, RegExp]>([
    ['half a file', '{"format":', /is not valid JSON: this backup is damaged/],
    ['a newer version', { ...good, version: 2 }, /made by a newer release/],
    ['another format', { ...good, format: 'zip' }, /is not the manifest of a backup/],
    ['null', 'null', /is not the manifest/],
    ['a list', '[]', /is not the manifest/],
    ['no log', { ...good, files: without('log.sqlite') }, /is not the manifest/],
    ['no ledger', { ...good, files: without('app.sqlite') }, /is not the manifest/],
    ['an invalid hash', { ...good, log: { position: 3, hash: 'x' } }, /is not the manifest/],
    ['an unknown field', { ...good, more: 1 }, /is not the manifest/],
    ['a path that leads out', plus('../app.sqlite'), /is not the manifest/],
    ['a path that leads out of its folder', plus('uploads/../x'), /is not the manifest/],
    ['an absolute path', plus('/etc/passwd'), /is not the manifest/],
    ['a hidden file', plus('uploads/.x'), /is not the manifest/],
    ['a folder that is not ours', plus('other/x'), /is not the manifest/],
    ['a folder in a folder', plus('uploads/a/b'), /is not the manifest/],
  ])('%s', (_, content, says) => {
    expect(() => readManifest(written(content))).toThrow(Complaint)
    expect(() => readManifest(written(content))).toThrow(says)
  })

  it('a folder without one', () => {
    expect(() => readManifest(join(dir, 'nothing'))).toThrow(
      /is not a backup: it has no readable manifest/,
    )
  })
})

it.each([
  ['a1b2.jpeg', true],
  ['session-secret', true],
  ['.hidden', false],
  ['a b', false],
  ['a/b', false],
  ['', false],
])('whether the name %j can be ours: %s', (name, is) => {
  expect(isOurName(name)).toBe(is)
})

it('describes a file by its size and its hash', async () => {
  const file = join(dir, 'x')
  writeFileSync(file, 'content')
  expect(await describeFile(file)).toEqual({
    bytes: 7,
    sha256: createHash('sha256').update('content').digest('hex'),
  })
})
