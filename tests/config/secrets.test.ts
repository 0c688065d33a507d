/** Secrets are made once and kept for their owner alone. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { keptSecret } from '../../server/config/secrets'

it('is made once, readable only by its owner', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'mymovies-secrets-')), 'secrets')
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const first = keptSecret(folder, 'session', () => randomBytes(32))
  expect(first).toHaveLength(32)
  expect(keptSecret(folder, 'session', () => randomBytes(32))).toEqual(first)
  expect(keptSecret(folder, 'other', () => randomBytes(32))).not.toEqual(first)
  expect(statSync(join(folder, 'session')).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder).sort()).toEqual(['other', 'session'])
})
