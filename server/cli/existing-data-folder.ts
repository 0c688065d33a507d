/**
 * Finds the data folder of a server that has run here. Commands never create one, or a typo would
 * leave empty databases behind.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { settings } from '../config/settings'
import { Complaint } from './command'

/** Throws Complaint when there is none. */
export function existingDataFolder(): string {
  const { dataDir } = settings()
  if (!existsSync(join(dataDir, 'log.sqlite')))
    throw new Complaint(`There is no log in ${dataDir}. Is NUXT_DATA_DIR the server's?`)
  return dataDir
}
