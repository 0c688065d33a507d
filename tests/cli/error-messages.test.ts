/**
 * What operators read when a command fails: one sentence for what can happen to anybody, a stack
 * for a bug.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Complaint, Misuse } from '../../server/cli/command'
import { errorMessage } from '../../server/cli/error-messages'
import { BadSetting } from '../../server/config/settings'
import { NewerRelease } from '../../server/db/errors'
import { LogDamaged } from '../../server/log/event-log'

const folder = mkdtempSync(join(tmpdir(), 'mymovies-errors-'))
afterAll(() => rmSync(folder, { recursive: true }))

const system = (code: string, more = {}) =>
  Object.assign(new Error(`${code}: it went wrong`), { code, syscall: 'open', ...more })
const sqlite = (errcode: number) => Object.assign(new Error('it went wrong'), { errcode })

describe('what we say ourselves', () => {
  it.each([
    [new Complaint('There is none.'), 'There is none.'],
    [new Misuse('Which one?'), 'Which one?'],
    [new BadSetting(['PORT must be a port number']), 'PORT must be a port number.'],
    [
      new LogDamaged(7, 'its hash is another'),
      'The log is damaged at position 7: its hash is another. Restore a backup.',
    ],
    [
      new NewerRelease('the log was written by a newer release'),
      'The log was written by a newer release. Run that one on this data folder.',
    ],
  ])('%o', (error, says) => {
    expect(errorMessage(error)).toBe(says)
  })
})

describe('the file system', () => {
  it.each([
    ['ENOENT', '/b/x does not exist.'],
    ['EACCES', '/b/x cannot be opened by this user.'],
    ['EISDIR', '/b/x is a folder, not a file.'],
    ['ENOSPC', '/b/x cannot be written, because the disk is full.'],
    ['EROFS', '/b/x cannot be written, because its disk is read-only.'],
  ])('%s', (code, says) => {
    expect(errorMessage(system(code, { path: '/b/x' }))).toBe(says)
  })

  it('names the target and not the draft beside it', () => {
    expect(errorMessage(system('ENOSPC', { path: '/b/x.partial-123' }))).toMatch(/^\/b\/x cannot/)
  })

  it('says of a folder that it cannot be created, not that it does not exist', () => {
    expect(errorMessage(system('ENOENT', { syscall: 'mkdir', path: '/proc/x' }))).toBe(
      '/proc/x cannot be created there.',
    )
  })

  it('repeats what it does not know', () => {
    expect(errorMessage(system('EWHAT'))).toBe('The system says: EWHAT: it went wrong.')
  })

  it('understands a real error', () => {
    const missing = join(folder, 'missing')
    try {
      readFileSync(missing)
      expect.unreachable()
    } catch (error) {
      expect(errorMessage(error)).toBe(`${missing} does not exist.`)
    }
  })
})

describe('SQLite', () => {
  it.each([
    [5, /^The database cannot be written now \(it went wrong\)/],
    [13, /^The database cannot be written now/],
    [11, /^A database in the data folder is damaged \(it went wrong\)\. Restore a backup/],
    [26, /is damaged/],
    [10 | (3 << 8), /^The disk is failing \(it went wrong\)\.$/],
    [14, /^A database in the data folder cannot be opened/],
  ])('code %i', (errcode, says) => {
    expect(errorMessage(sqlite(errcode))).toMatch(says)
  })
})

it.each([[new Error('unforeseen')], [new TypeError('x is undefined')], ['a string'], [undefined]])(
  'has no sentence for a bug: %o',
  error => {
    expect(errorMessage(error)).toBeUndefined()
  },
)
