/** One film or two: what publishing and fixing reviews make of titles, years and IMDb ids. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withMovieAddress } from '../../server/desk/movie-address'
import { publish } from '../../server/desk/publish'
import { contentOf } from '../../server/desk/working-copy/content'
import { readReview } from '../../server/desk/working-copy/open-review'
import { movedTo } from '../../server/queries/movie-identity'
import { movieById } from '../../server/queries/movies'
import { useViews } from '../../server/queries/views'
import type { Movie } from '../../shared/types/review'
import { draft, INES, openDeskRoom, run, WRITTEN } from '../support/desk-room'

let close: () => Promise<void>
beforeAll(async () => {
  close = await openDeskRoom()
})
afterAll(() => close())

const written = (title: string, year: number, imdbId?: string): Movie =>
  contentOf({ movie: { title, year, imdbId, genres: [] } }, '').movie!

/** Publishes a review of it, and returns the review's id and the film's. */
async function published(...film: Parameters<typeof written>) {
  const review = await draft({ ...WRITTEN, movie: written(...film) })
  await publish(review, INES, {})
  return { review: review.id, movie: await movieOf(review.id) }
}
const movieOf = async (id: string) => (await readReview(id)).state.content!.movie.id

async function fixed(review: string, ...film: Parameters<typeof written>) {
  const changes = await withMovieAddress(review, { movie: written(...film) })
  await run(review, { type: 'FixReview', data: { changes } })
  return movieOf(review)
}
const atAddress = (id: string) => movieById(useViews(), '', id)

describe('two reviews', () => {
  it('are about two films if the IMDb ids differ, whatever the title', async () => {
    const one = await published('Twins', 1988, 'tt0000001')
    const other = await published('Twins', 1988, 'tt0000002')
    expect([one.movie, other.movie]).toEqual(['twins-1988', 'twins-1988-2'])
    expect((await atAddress(one.movie))!.imdbId).toBe('tt0000001')
    expect((await atAddress(other.movie))!.imdbId).toBe('tt0000002')
  })
  it('are about one film if the IMDb ids are the same, whatever the title', async () => {
    const one = await published('Cléo de 5 à 7', 1962, 'tt0055852')
    const other = await published('Cleo from 5 to 7', 1961, 'tt0055852')
    expect(other.movie).toBe(one.movie)
  })
  it.each([
    ['mother!', 'Mother'],
    ['M', 'M!'],
    ['Что делать?', 'Что делать'],
  ])('are about two films if only punctuation tells %s from %s', async (a, b) => {
    expect((await published(a, 2017)).movie).not.toBe((await published(b, 2017)).movie)
  })
  it.each([
    ['Amélie', 'AMELIE'],
    ['Kış Uykusu', 'Kis uykusu'],
    ['Ёлки', 'ёлки'],
    ['ＡＫＩＲＡ', 'Akira'],
    ['Οδύσσεια', 'ΟΔΥΣΣΕΙΑ'],
    ['Rock’n’Roll', "Rock'n'Roll"],
  ])('are about one film if only case and accents tell %s from %s', async (a, b) => {
    expect((await published(a, 2001)).movie).toBe((await published(b, 2001)).movie)
  })
  it('are about one film if only one of them knows its IMDb id, and about two if a third has another', async () => {
    const one = await published('Ran', 1985)
    expect((await published('Ran', 1985, 'tt0089881')).movie).toBe(one.movie)
    expect((await published('Ran', 1985, 'tt9999999')).movie).toBe('ran-1985-2')
    expect((await published('Ran', 1985)).movie).toBe(one.movie)
  })
  it('published at the same moment have two addresses for two films, and one for one', async () => {
    const two = await Promise.all([
      published('At Once', 2020, 'tt0000011'),
      published('At Once', 2020, 'tt0000012'),
    ])
    expect(new Set(two.map(each => each.movie)).size).toBe(2)
    const one = await Promise.all([published('Together', 2020), published('Together', 2020)])
    expect(new Set(one.map(each => each.movie)).size).toBe(1)
  })
})

describe('a fix', () => {
  it('of the title gives the film its right address, and the old one leads there', async () => {
    const { review, movie } = await published('Teh Third Man', 1950)
    expect(await fixed(review, 'The Third Men', 1950)).toBe('the-third-men-1950')
    expect(await fixed(review, 'The Third Man', 1949)).toBe('the-third-man-1949')
    expect(await atAddress(movie)).toBeUndefined()
    expect(await movedTo(useViews(), movie)).toBe('the-third-man-1949')
    expect(await movedTo(useViews(), 'the-third-men-1950')).toBe('the-third-man-1949')
  })
  it('back to the first title brings the first address back', async () => {
    const { review, movie } = await published('Right', 1951)
    await fixed(review, 'Wrong', 1951)
    expect(await fixed(review, 'Right', 1951)).toBe(movie)
  })
  it('never hands a former address to another film', async () => {
    const { review, movie } = await published('Solaris', 1971)
    await fixed(review, 'Solaris', 1972)
    expect((await published('Solaris', 1971, 'tt0000021')).movie).not.toBe(movie)
  })
  it('tells two films apart that were published as one', async () => {
    const one = await published('Frozen', 2010)
    const other = await published('Frozen', 2010)
    expect(other.movie).toBe(one.movie)
    await fixed(one.review, 'Frozen', 2010, 'tt0000031')
    expect(await fixed(other.review, 'Frozen', 2010, 'tt0000032')).toBe('frozen-2010-2')
  })
  it('that leaves the film as it is changes nothing, and leaves nothing pending', async () => {
    await published('Same', 1990, 'tt0000041')
    const { review, movie } = await published('Same', 1990, 'tt0000042')
    expect(await fixed(review, 'Same', 1990, 'tt0000042')).toBe(movie)
    const { copy, events } = await readReview(review)
    expect(copy.fields).toEqual({})
    expect(events.at(-1)!.type).toBe('ReviewPublished')
  })
})
