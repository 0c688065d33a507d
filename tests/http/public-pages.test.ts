/** The list of public pages has every page that there is, and none that there is not. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { listedPages, parametersOf, PUBLIC_PAGES } from '../../server/http/public-pages'
import { root } from '../walls/files'

const names = (folder: string) =>
  readdirSync(join(root, folder)).map(file => file.replace(/\.\w+$/, ''))
/** Pages of the desk, and answers that have no address of their own. */
const OTHERS = ['editor', 'setup', 'sign-in', 'offline', '[...slug]']

it('is complete', () => {
  const pages = names('pages').filter(name => !OTHERS.includes(name))
  const articles = names('content/pages')
  const all = [...pages.map(name => (name === 'index' ? '' : name)), ...articles]
  expect(Object.keys(PUBLIC_PAGES).sort()).toEqual([...new Set(all)].sort())
})

it.each<[string, string[] | undefined]>([
  ['/', []],
  ['/reviews', ['after']],
  ['/reviews/ikiru', []],
  ['/reviews/ikiru/x', undefined],
  ['/reviews/', undefined],
  ['/genres', undefined],
  ['/genres/drama', ['after']],
  ['/subscribe/manage', undefined],
  ['/constructor', undefined],
  ['/__proto__/x', undefined],
  ['/editor', undefined],
])('%s reads %j', (path, parameters) => expect(parametersOf(path)).toEqual(parameters))

it('search engines are told of pages, not of searches', () => {
  expect(listedPages()).toContain('/')
  expect(listedPages()).not.toContain('/search')
})
