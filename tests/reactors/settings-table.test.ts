/** The README lists every setting of every part, in the words of its schema. */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Reactor } from '../../server/delivery/contract/define-reactor'
import { settingsTable } from '../support/settings-table'

const root = join(import.meta.dirname, '../..')
const README = join(root, 'README.md')
const files = globSync('server/reactors/*.ts', { cwd: root }).sort()
const reactors = await Promise.all(
  files.map(async file => (await import(join(root, file))).default as Reactor),
)

/** The README with the table that these parts would have. */
const withTableOf = (parts: Reactor[]) =>
  readFileSync(README, 'utf8').replace(/^\| part \| name \|.*?(?=\n\n)/ms, () =>
    settingsTable(parts),
  )

/** As a new snapshot is written by the first run, and by CI never. */
it('the rows of a new part are written for you', () => {
  const readme = readFileSync(README, 'utf8')
  const documented = reactors.filter(({ label }) => readme.includes(`| ${label} | \`NUXT_`))
  const isOnlyMissing = withTableOf(documented) === readme
  if (isOnlyMissing && !process.env.CI) writeFileSync(README, withTableOf(reactors))
})

it('README.md has the table of today (npx vitest run tests/reactors/settings-table.test.ts -u)', async () => {
  const wanted = withTableOf(reactors)
  expect(wanted).toContain('`NUXT_X_LINK`')
  await expect(wanted).toMatchFileSnapshot(README)
})
