/** The SQLite log keeps the log's contract. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteLog } from '../../../server/log/sqlite/sqlite'
import { logContract } from '../contract'
import { storedIn } from '../support'

let file: string
logContract('sqlite', {
  open: () =>
    openSqliteLog((file = join(mkdtempSync(join(tmpdir(), 'mymovies-log-')), 'log.sqlite'))),
  reopen: () => openSqliteLog(file),
  stored: () => storedIn(file),
})
