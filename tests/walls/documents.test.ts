/** Documents are true about files: every link to one of our files and every path in backticks exists. */
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { find, ourPaths, read } from './files'

const documents = find('*.md', 'docs/**/*.md', 'examples/**/*.md')

/** `NAME` is a placeholder. */
const isPlaceholder = (path: string) => path.includes('NAME')

const isThere = (path: string) =>
  find(path.replaceAll(/[[\]]/g, bracket => `[${bracket}]`)).length > 0

describe.each(documents)('%s', document => {
  const text = read(document)

  it('links only to files that exist', () => {
    const links = [...text.matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)].map(match =>
      join(dirname(document), decodeURIComponent(match[1]!)),
    )
    expect(links.filter(link => !isThere(link))).toEqual([])
  })

  it('names only files that exist', () => {
    expect(ourPaths(text).filter(path => !isPlaceholder(path) && !isThere(path))).toEqual([])
  })
})
