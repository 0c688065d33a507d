/** Decision records: all have the same head and chapters, and the index lists exactly the files. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './files'

const folder = join(root, 'docs/decisions')
const records = globSync('*.md', { cwd: folder })
  .filter(file => file !== 'README.md')
  .sort()
  .map(file => ({ file, text: readFileSync(join(folder, file), 'utf8') }))

const HEAD =
  /^# (?<number>\d+)\. (?<title>.+)\n\n- Date: (?<date>\d{4}-\d\d-\d\d)\n- Status: (?<status>accepted|superseded by (?<successor>\d{4}))\n\n## Context\n/

const headOf = (text: string) => HEAD.exec(text)?.groups ?? {}

describe.each(records)('$file', ({ file, text }) => {
  const { number, successor } = headOf(text)

  it('begins with number, title, date, status and context', () => {
    expect(text).toMatch(HEAD)
    expect(number).toBe(String(Number(file.slice(0, 4))))
  })

  it('has one h1, and the same three chapters as the others', () => {
    const headings = text.match(/^##? .*/gm) ?? []
    expect(headings.slice(1)).toEqual(['## Context', '## Decision', '## Consequences'])
  })

  it('is superseded by a record that exists', () => {
    const known = records.map(record => record.file.slice(0, 4))
    if (successor) expect(known).toContain(successor)
  })
})

it('no two records have the same number', () => {
  const numbers = records.map(({ file }) => file.slice(0, 4))
  expect(numbers).toEqual([...new Set(numbers)])
})

it('the index lists exactly the records, with their date, title and status', () => {
  const index = readFileSync(join(folder, 'README.md'), 'utf8')
  const rows = index.split('\n').filter(line => line.startsWith('| ') && line.includes('.md)'))
  expect(rows).toEqual(
    records.map(({ file, text }) => {
      const { number, date, title, status } = headOf(text)
      return `| ${number} | ${date} | [${title}](${file}) | ${status} |`
    }),
  )
})
