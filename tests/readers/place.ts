/** A database for readers in memory, with a secret of its own. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAppInMemory } from '../../server/db/open'

process.env.NUXT_DATA_DIR = mkdtempSync(join(tmpdir(), 'mymovies-readers-'))

export const place = () => openAppInMemory()
