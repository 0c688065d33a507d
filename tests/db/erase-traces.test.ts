/** What is deleted is gone from the files too: database, write-ahead log and unused space in pages. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eraseTraces } from '../../server/db/erase-traces'
import { openApp } from '../../server/db/open'
import { rewriteInto } from '../../server/db/rewrite'
import type { AppTables } from '../../server/db/schema'
import { randomFrom } from '../support/random'

let folder: string
let app: Kysely<AppTables>
const file = () => join(folder, 'app.sqlite')
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mymovies-erase-'))
  app = await openApp(file())
})
afterEach(async () => {
  await app.destroy()
  rmSync(folder, { recursive: true })
})

const bytes = () => Buffer.concat(readdirSync(folder).map(name => readFileSync(join(folder, name))))
const keep = (recipient: string, source = '', db = app) =>
  db
    .insertInto('outbox')
    .values({ message_id: recipient, sender: 'us', recipient, subject: 's', source, at: 1 })
    .execute()
const forget = (recipient: string, db = app) =>
  db.deleteFrom('outbox').where('recipient', '=', recipient).execute()

it('a row that was never in the file itself', async () => {
  await keep('ines@example.org')
  await forget('ines@example.org')
  expect(bytes().includes('ines@example.org')).toBe(true)
  await eraseTraces(app, 'ines@example.org')
  expect(bytes().includes('ines@example.org')).toBe(false)
})

it('a copy that SQLite left in the unused middle of a page', async () => {
  const any = randomFrom(10)
  const there: string[] = []
  const deleted: string[] = []
  await app.transaction().execute(async db => {
    for (let i = 0; i < 1500; i++) {
      const address = `many-${i}@example.org`
      await keep(address, 'x'.repeat(any() * 300), db)
      there.push(address)
      await db
        .updateTable('outbox')
        .set({ source: 'w'.repeat(any() * 600) })
        .where('recipient', '=', there[Math.floor(any() * there.length)]!)
        .execute()
      if (i % 15) continue
      const [gone] = there.splice(Math.floor(any() * there.length), 1) as [string]
      await forget(gone, db)
      deleted.push(gone)
    }
  })
  const left = () => {
    const kept = bytes()
    return deleted.filter(address => kept.includes(address))
  }
  await eraseTraces(app, 'nobody')
  const forgotten = left()
  expect(forgotten).not.toEqual([])
  await eraseTraces(app, forgotten[0]!)
  expect(left()).toEqual([])
})

it('a file of an earlier release is rewritten when it is opened', async () => {
  await keep('ines@example.org')
  await app.destroy()
  const old = new DatabaseSync(file())
  old.exec('PRAGMA secure_delete = OFF; DELETE FROM outbox; PRAGMA user_version = 0')
  old.close()
  expect(bytes().includes('ines@example.org')).toBe(true)
  app = await openApp(file())
  await eraseTraces(app, 'nobody')
  expect(bytes().includes('ines@example.org')).toBe(false)
})

it('a copy has the rows, and nothing of what was deleted', async () => {
  await keep('max@example.org')
  await keep('ines@example.org')
  await app.destroy()
  const old = new DatabaseSync(file())
  old.exec("PRAGMA secure_delete = OFF; DELETE FROM outbox WHERE recipient LIKE 'ines%'")
  old.close()
  rewriteInto(file(), join(folder, 'copy.sqlite'))
  expect(readdirSync(folder)).toEqual(['copy.sqlite'])
  expect([bytes().includes('max@example.org'), bytes().includes('ines@example.org')]).toEqual([
    true,
    false,
  ])
})
