/** The README lists every setting of every part, in the words of its schema. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Reactor } from '../../server/delivery/contract/define-reactor'
import { settingsTable } from '../support/settings-table'

const root = join(import.meta.dirname, '../..')

it('README.md has the table of today (npx vitest run tests/reactors/settings-table.test.ts -u)', async () => {
  const files = globSync('server/reactors/*.ts', { cwd: root }).sort()
  const reactors = await Promise.all(
    files.map(async file => (await import(join(root, file))).default as Reactor),
  )
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const wanted = readme.replace(/^\| part \| name \|.*?(?=\n\n)/ms, () => settingsTable(reactors))
  expect(wanted).toContain('`NUXT_X_LINK`')
  await expect(wanted).toMatchFileSnapshot(join(root, 'README.md'))
})
