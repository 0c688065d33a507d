/** Typing a title finds the film, despite the usual typos and without a network. */
import films from '#films'
import { beforeAll, describe, expect, it } from 'vitest'
import { lookUp } from '../../server/queries/film-lookup'
import type { Views } from '../../server/queries/tables'
import { shelve, viewsAfter } from '../support/shelf'

let views: Views
beforeAll(async () => {
  const shelf = [
    ['The Third Man', 1949],
    ['七人の侍', 1954],
    ['Cléo from 5 to 7', 1962],
    ['Jaws', 1975],
  ] as const
  views = await viewsAfter(
    shelf.flatMap(([film, year], i) =>
      shelve({
        id: `r${i}`,
        title: 'A review',
        film,
        year,
        genres: ['Mystery'],
        publishedAt: '2026-11-01T10:00:00Z',
      }),
    ),
  )
})
const titles = async (typed: string) =>
  (await lookUp(views, typed)).map(({ title, year }) => `${title} (${year})`)

describe('the lookup', () => {
  it.each([
    ['the title', 'Pulp Fiction', 'Pulp Fiction (1994)'],
    ['its start', 'shawsh', 'The Shawshank Redemption (1994)'],
    ['a word in it', 'redemption', 'The Shawshank Redemption (1994)'],
    ['words in another order', 'list schindlers', "Schindler's List (1993)"],
    ['no accents', 'amelie poulain', "Le Fabuleux destin d'Amélie Poulain (2001)"],
    ['accents where there are none', 'Jäws', 'Jaws (1975)'],
    ['two letters swapped', 'godfahter', 'The Godfather (1972)'],
    ['a letter left out', 'pulp ficton', 'Pulp Fiction (1994)'],
    ['no article', 'lion king', 'The Lion King (1994)'],
    ['other punctuation', 'face off', 'Face/Off (1997)'],
    ['and for &', 'dumb and dumber', 'Dumb & Dumber (1994)'],
    ['a year', 'King Kong (1933)', 'King Kong (1933)'],
    ['a year nobody knows', 'King Kong (1999)', 'King Kong (1976)'],
    ['a film of ours', 'third', 'The Third Man (1949)'],
    ['a film of ours with accents', 'cleo', 'Cléo from 5 to 7 (1962)'],
    ['another script', '七人', '七人の侍 (1954)'],
  ])('finds by %s', async (_, typed, first) => {
    expect((await titles(typed))[0]).toBe(first)
  })

  it('puts titles that start with the word before those that contain it, and those before similar spellings', async () => {
    const found = await titles('king')
    expect(found[0]).toMatch(/^(?:The )?King/)
    expect(found).toHaveLength(10)
    const places = ['Jaws (1975)', 'Jaws 2 (1978)', 'Laws of Attraction (2004)'].map(title =>
      found.indexOf(title),
    )
    expect(places).toEqual([-1, -1, -1])
    const jaws = await titles('jaws')
    expect([
      jaws.indexOf('Jaws (1975)'),
      jaws.indexOf('Jaws 2 (1978)') > 0,
      jaws.indexOf('Laws of Attraction (2004)') > jaws.indexOf('Jaws 2 (1978)'),
    ]).toEqual([0, true, true])
  })

  it('fills in what is known', async () => {
    expect((await lookUp(views, 'the dark knight'))[0]).toEqual({
      id: 'the-dark-knight-2008',
      title: 'The Dark Knight',
      year: 2008,
      genres: ['Action'],
      director: 'Christopher Nolan',
      minutes: 152,
    })
  })

  it('prefers our own reviews to the catalogue', async () => {
    const [first, ...others] = await lookUp(views, 'jaws')
    expect(first).toMatchObject({ id: 'jaws-1975', genres: ['Mystery'] })
    expect(others.map(film => film.id)).not.toContain('jaws-1975')
  })

  it.each(['', '   ', '?!', '%', 'zzzzqqqq', '_', '\\', 'a'.repeat(200), '"\' OR 1=1 --'])(
    'of %j never fails',
    async typed => {
      expect(await lookUp(views, typed)).toBeInstanceOf(Array)
    },
  )
})

describe('the catalogue', () => {
  const named = (title: string) => films.filter(film => film[0] === title)

  it('is small and has no duplicates', () => {
    expect(JSON.stringify(films).length).toBeLessThan(250_000)
    expect(films.length).toBeGreaterThan(3000)
    expect(new Set(films.map(([title, year]) => `${title} ${year}`)).size).toBe(films.length)
  })

  it('has titles as they are written and years in which films were made', () => {
    expect(named('Das Boot')).toHaveLength(1)
    expect(named('Léon')).toHaveLength(1)
    expect(
      named('King Kong')
        .map(film => film[1])
        .sort(),
    ).toEqual([1933, 1976, 2005])
    expect(named('Casablanca')[0]![1]).toBe(1942)
    expect(named('Wings')[0]![1]).toBe(1927)
    for (const [title, year] of films) {
      expect(title).toMatch(/^\S(?:.*\S)?$/)
      expect(title).not.toMatch(/[ÈÌÎ‰˘Û]|, The$|Release\)/)
      expect(year).toSatisfy((y: number) => y >= 1915 && y <= 2011)
    }
  })

  it('uses only our names for genres', () => {
    expect([...new Set(films.flatMap(film => film[2]))].sort()).toEqual([
      'Action',
      'Adventure',
      'Comedy',
      'Documentary',
      'Drama',
      'Family',
      'Fantasy',
      'Horror',
      'Music',
      'Musical',
      'Romance',
      'Sci-Fi',
      'Thriller',
      'Western',
    ])
  })
})
