/** What a review needs before it can be public. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { closeDatabases } from '../../server/db/open'
import { missing, publishable, publishableChanges } from '../../server/desk/publishable'
import type { DraftContent } from '../../shared/types/review'
import { WRITTEN } from '../support/desk-room'

const dataDir = mkdtempSync(join(tmpdir(), 'mymovies-publishable-'))
process.env.NUXT_DATA_DIR = dataDir
afterAll(async () => {
  await closeDatabases()
  rmSync(dataDir, { recursive: true })
})

const movie = WRITTEN.movie!
const poster = { url: '/uploads/a.webp', alt: ' ' }

it.each<[string, Partial<DraftContent>, string[]]>([
  ['a complete text', {}, []],
  ['no summary and no body', { summary: undefined, body: undefined }, []],
  ['the worst rating', { rating: 0 }, []],
  ['no title', { title: undefined }, ['title']],
  ['a title of spaces', { title: '  ' }, ['title']],
  ['no film', { movie: undefined }, ['movie.title']],
  ['no rating', { rating: undefined }, ['rating']],
  ['a poster that nobody described', { movie: { ...movie, poster } }, ['movie.poster.alt']],
])('%s', (_, change, paths) => {
  expect(missing({ ...WRITTEN, ...change }).map(({ path }) => path)).toEqual(paths)
})

it('names every missing field at once', async () => {
  await expect(publishable({})).rejects.toMatchObject({
    statusCode: 422,
    title: 'The review is not ready to publish',
    message: 'title must not be empty.',
    errors: [{ path: 'title' }, { path: 'movie.title' }, { path: 'rating' }],
  })
})

it('fills in what may be absent, and parses the body', async () => {
  const { title, rating } = WRITTEN
  expect(await publishable({ title, movie, rating })).toEqual({
    title,
    movie,
    rating,
    summary: '',
    body: '',
    tags: [],
    spoiler: false,
    tree: [],
  })
  expect((await publishable(WRITTEN)).tree).toEqual([
    { t: 'p', c: [{ t: 'text', v: WRITTEN.body }] },
  ])
})

it('refuses a body that is nested too deeply', async () => {
  await expect(publishable({ ...WRITTEN, body: '> '.repeat(200) + 'x' })).rejects.toMatchObject({
    statusCode: 422,
    errors: [{ path: 'body' }],
  })
})

it('keeps only the changes of a published text, with the tree if the body is among them', async () => {
  expect(await publishableChanges({ title: 'B' })).toEqual({ title: 'B' })
  expect(Object.keys(await publishableChanges({ body: 'B' }))).toEqual(['body', 'tree'])
  await expect(publishableChanges({ movie: { ...movie, poster } })).rejects.toMatchObject({
    errors: [{ path: 'movie.poster.alt' }],
  })
})

describe('the language', () => {
  const german = {
    title: 'Der Mann, der durch die Kanäle von Wien läuft',
    summary: 'Ein Film über das, was nach einem Krieg von den Menschen übrig bleibt.',
  }
  const english = {
    title: 'The man who runs through the sewers of Vienna',
    summary: 'A film about what is left of people when a war is over.',
  }
  const tongue = async (...given: Parameters<typeof publishableChanges>) =>
    (await publishableChanges(...given)).language

  it('is judged again when only the words around the text change', async () => {
    const published = { ...german, tree: [], language: 'de' }
    expect(await tongue(english, published)).toBe('en')
    expect(await tongue({ title: german.title, summary: german.summary }, english)).toBe('de')
  })

  it('is that of the text, whatever one title says', async () => {
    const { tree } = await publishable({ ...WRITTEN, body: `${english.summary} `.repeat(8) })
    expect(await tongue({ title: german.title }, { ...english, tree })).toBe('en')
  })

  it('is not judged where no word changes', async () => {
    expect(await publishableChanges({ rating: 3 }, german)).toEqual({ rating: 3 })
  })
})
