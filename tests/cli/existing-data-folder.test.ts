/** A command that needs a data folder never creates one. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mymovies-folder-'))
  vi.stubEnv('NUXT_DATA_DIR', dataDir)
  vi.resetModules()
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(dataDir, { recursive: true })
})
/** Imported anew, because settings are read once per process. */
const look = async () =>
  (await import('../../server/cli/existing-data-folder')).existingDataFolder()

it('is the folder in the settings once it has a log', async () => {
  writeFileSync(join(dataDir, 'log.sqlite'), '')
  expect(await look()).toBe(dataDir)
})

it('asks for the right folder if there is no log, and leaves it as it was', async () => {
  await expect(look()).rejects.toThrow(
    `There is no log in ${dataDir}. Is NUXT_DATA_DIR the server's?`,
  )
  expect(readdirSync(dataDir)).toEqual([])
})
